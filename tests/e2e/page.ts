// The page object: what a person does with Lifeline, in words. Specs hold no selectors of their own.
import { AxeBuilder } from "@axe-core/playwright";
import type { Frame, Locator, Page } from "@playwright/test";

/** What `window.lifeline` offers to tests and scripts. */
interface Api {
  idle(): Promise<void>;
  summary(): Promise<unknown>;
}

export class LifelinePage {
  /** Where the app runs: the page, or a frame in a portal. */
  readonly app: Page | Frame;
  readonly page: Page;

  constructor(page: Page, readonly url: string, app: Page | Frame = page) {
    this.page = page;
    this.app = app;
  }

  /** Opens the page and waits until it has met its worker. */
  async start(): Promise<void> {
    await this.page.goto(this.url);
    await this.started();
  }

  /** Page and worker have met. */
  async started(): Promise<void> {
    await this.app.locator("#app[data-engine=ready]").waitFor();
  }

  /** Opens the page, at a view of the address if one is given (`v1/events?…`), and waits until it is all on screen. */
  async open(view = ""): Promise<void> {
    await this.page.goto(this.url + (view ? `#${view}` : ""));
    await this.idle();
  }

  /** All that was asked is on screen. */
  async idle(): Promise<void> {
    await this.app.waitForFunction(() => "lifeline" in globalThis);
    await this.app.evaluate(() => (globalThis as unknown as { lifeline: Api }).lifeline.idle());
  }

  /** The first part of what `inspect` prints. */
  async summary(): Promise<any> {
    return this.app.evaluate(async () => {
      const answer = await (globalThis as unknown as { lifeline: Api }).lifeline.summary();
      return typeof answer === "string" ? JSON.parse(answer) : answer;
    });
  }

  /** Serious and critical findings of axe on what is on screen, in words. */
  async accessibilityFindings(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page }).analyze();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
  }

  /** The words that stand in the page before, or instead of, the app. */
  get startWords(): Locator {
    return this.app.locator("#start");
  }
}

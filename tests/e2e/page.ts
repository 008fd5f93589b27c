// The page object: what a person does with Lifeline, in words. Specs hold no selectors of their own.
import { AxeBuilder } from "@axe-core/playwright";
import type { Frame, Locator, Page } from "@playwright/test";
import { readFile } from "node:fs/promises";

/** What `window.lifeline` offers to tests and scripts. */
interface Api {
  idle(): Promise<void>;
  summary(): Promise<unknown>;
}

/** An open menu or sheet. */
const LAYER = "dialog[open], .popover, .completions.is-shown, .search-problem";

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

  /** Serious and critical findings of axe on what is on screen, or on what lies over it alone, in words. */
  async accessibilityFindings(part: "all" | "layer" = "all"): Promise<string[]> {
    const axe = new AxeBuilder({ page: this.page });
    if (part === "layer") {
      await this.layer.first().waitFor();
      axe.include(LAYER);
    }
    const { violations } = await axe.analyze();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`));
  }

  /** The open menu or sheet. */
  get layer(): Locator {
    return this.app.locator(LAYER);
  }

  /** Opens a menu by its button. */
  async openMenu(name: string | RegExp): Promise<void> {
    await this.app.getByRole("button", { name, exact: true }).click();
  }

  /** Does something by its name, as Ctrl+K offers it. */
  async command(name: string): Promise<void> {
    await this.press("Control+k");
    await this.page.keyboard.type(name);
    await this.press("Enter");
  }

  /** Types into the field of the query, which offers what could come next. */
  async typeQuery(text: string): Promise<void> {
    await this.search.click();
    await this.page.keyboard.type(text);
    await this.app.getByRole("listbox", { name: "Completions" }).waitFor();
  }

  /** Opens the list of resources of which nothing is recorded at T. */
  async openUnrecorded(): Promise<void> {
    await this.app.getByRole("button", { name: /not recorded at T/ }).click();
    await this.idle();
  }

  /** A region's or file's chip above the views. */
  source(name: string): Locator {
    return this.app.getByRole("group", { name: "Regions and files" }).locator(".chip", { hasText: name });
  }

  /** The rows of the view's table or list, as far as they are on screen. */
  get rows(): Locator {
    return this.app.locator("[data-row]");
  }

  /** The panel with one event. */
  get detail(): Locator {
    return this.app.getByRole("complementary", { name: "Event detail" });
  }

  /** What the detail panel says happened. */
  get detailTitle(): Locator {
    return this.detail.getByRole("heading", { level: 2 });
  }

  /** A button of the detail panel's head. */
  detailButton(name: "Previous row" | "Next row" | "Copy a link to this event" | "Close"): Locator {
    return this.detail.getByRole("button", { name, exact: true });
  }

  /** A tab of the record in the detail panel, and what it opens. */
  recordTab(name: "Tree" | "Raw" | "Neighbours"): Locator {
    return this.detail.getByRole("tab", { name });
  }

  /** What the open tab of the record shows. */
  recordPanel(name: "Tree" | "Raw" | "Neighbours"): Locator {
    return this.detail.getByRole("tabpanel", { name });
  }

  /** A way from one event to what it belongs with. */
  wayOn(name: string | RegExp): Locator {
    return this.detail.getByRole("navigation", { name: "What it belongs with" }).getByRole("button", { name });
  }

  /** The list of events, as keys and screen readers meet it. */
  get list(): Locator {
    return this.app.getByRole("grid", { name: "Events" });
  }

  /** The field that the query is typed in. */
  get search(): Locator {
    return this.app.getByRole("combobox", { name: "Search events" });
  }

  /** The places in the list of the rows on screen, from the top. */
  async places(): Promise<number[]> {
    const all = await this.list.getByRole("row").evaluateAll((rows) => rows.map((row) => Number(row.getAttribute("aria-rowindex"))));
    return all.filter((index) => index > 1).map((index) => index - 2);
  }

  /** Types a query and waits for its answer. */
  async searchFor(query: string): Promise<void> {
    await this.search.fill(query);
    await this.search.press("Enter");
    await this.idle();
  }

  /** Opens the detail of the n-th row on screen. */
  async openRow(n: number): Promise<void> {
    await this.rows.nth(n).click();
    await this.idle();
  }

  /** Presses a key where the focus is, and waits for what it asks. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.idle();
  }

  /** Presses plus or minus beside a field of the detail. */
  async filterByField(act: "for" | "out", field: string): Promise<void> {
    await this.detail.getByRole("button", { name: `Filter ${act} this ${field}`, exact: true }).first().click();
    await this.idle();
  }

  /** The tick of a value among the facets. */
  facet(value: string): Locator {
    return this.app.getByRole("complementary", { name: "Filter by value" }).getByRole("checkbox", { name: value }).first();
  }

  /** Leaves a facet's value out. */
  async leaveOut(value: string): Promise<void> {
    await this.facet(value).hover();
    await this.app.getByRole("button", { name: `Leave ${value} out`, exact: true }).first().click();
    await this.idle();
  }

  /** How many events match, as the field of the query says. */
  async matching(): Promise<number> {
    const words = await this.app.getByRole("search").getByRole("status").first().textContent();
    return Number((words ?? "").replace(/[^0-9]/g, ""));
  }

  /** The histogram, where a part of the time is chosen. */
  get brush(): Locator {
    return this.app.getByRole("group", { name: /^Choose a part of the time/ });
  }

  /** What stands beside the chosen part of the time: its ends, and how many events of it match. */
  get brushWords(): Locator {
    return this.app.locator(".brush-words");
  }

  /** Counts the rows of every frame from now on; what is given back says how few there were. */
  async countRows(): Promise<() => Promise<number>> {
    const fewest = await this.app.evaluateHandle(() => {
      const seen = { rows: Infinity };
      const count = () => {
        seen.rows = Math.min(seen.rows, document.querySelectorAll("[data-row]").length);
        requestAnimationFrame(count);
      };
      count();
      return seen;
    });
    return () => fewest.evaluate(({ rows }) => rows);
  }

  /** The offsets that stand beside times, each once. */
  async offsetsShown(): Promise<string[]> {
    const all = await this.app.locator(".offset, .zone-offset").allTextContents();
    return [...new Set(all.map((text) => text.trim()).filter(Boolean))];
  }

  /** Saves the events as shown and gives the file's name and text. */
  async exported(format: "CSV" | "NDJSON"): Promise<{ name: string; text: string }> {
    await this.app.getByRole("button", { name: "Export" }).click();
    const download = this.page.waitForEvent("download");
    await this.app.getByRole("button", { name: format }).first().click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  }

  /** One sentence for the reader. */
  get toast(): Locator {
    return this.app.locator(".toast");
  }

  /** The document that is made for paper. */
  get paper(): Locator {
    return this.page.locator(".print");
  }

  /** Of the resource whose page is open. */
  get resourceName(): Locator {
    return this.app.getByRole("region", { name: "Lifecycle history" }).getByRole("heading", { level: 1 });
  }

  /** What the tracks of a resource are called. */
  async trackLabels(): Promise<string[]> {
    return this.app.locator(".life-labels .life-label .cut").allTextContents();
  }

  /** How many events a resource has, as its picture says. */
  async eventsOfLife(): Promise<number> {
    return Number((await this.app.locator(".life-count").textContent())?.replace(/,/g, ""));
  }

  /** Opens the n-th resource of the fleet. */
  async openResource(n: number): Promise<void> {
    await this.rows.nth(n).click();
    await this.page.keyboard.press("Enter");
    await this.idle();
  }

  /** Reads a source again from where it failed, and waits for it. */
  async retry(name: string): Promise<void> {
    await this.source(name).getByRole("button", { name: "Retry" }).click();
    await this.idle();
  }

  /** Opens files of this computer through the menu, as a person does. */
  async openFiles(files: string[]): Promise<void> {
    await this.app.getByRole("button", { name: "More", exact: true }).click();
    const chooser = this.page.waitForEvent("filechooser");
    await this.app.getByRole("button", { name: "Open files" }).click();
    await (await chooser).setFiles(files);
    await this.idle();
  }

  /** Drops files on the page; `text` of each is what it holds. */
  async dropFiles(files: { name: string; text: string | Buffer }[]): Promise<void> {
    const packed = files.map(({ name, text }) => ({ name, base64: Buffer.from(text).toString("base64") }));
    await this.app.evaluate((packed) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of packed) {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      for (const type of ["dragenter", "dragover", "drop"]) {
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      }
    }, packed);
    // The worker hears of it in the next turn.
    await this.page.waitForTimeout(100);
    await this.idle();
  }

  /** What stands over the page when its worker ended. */
  get stopped(): Locator {
    return this.app.getByRole("alert").filter({ hasText: "The reader of events stopped." });
  }

  /** Starts another worker, which reads everything again. */
  async startAgain(): Promise<void> {
    await this.app.getByRole("button", { name: "Start it again" }).click();
    await this.started();
    await this.idle();
  }

  /** Drops a folder of this computer on the page, as a person does. */
  async dropFolder(path: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await session.send("Input.dispatchDragEvent", { type, x: 600, y: 500, data });
    }
    await this.source("ndjson").first().waitFor();
    await this.idle();
  }

  /** The words that stand in the page before, or instead of, the app. */
  get startWords(): Locator {
    return this.app.locator("#start");
  }

  // ---- time

  /** The window of time that the address names, in milliseconds; nothing where all is shown. */
  get window(): { from: number; to: number } | undefined {
    const win = new URLSearchParams(new URL(this.page.url()).hash.slice(1)).get("win");
    const [from, to] = win?.split("..").map(Date.parse) ?? [];
    return from === undefined || to === undefined ? undefined : { from, to };
  }

  /** A part of the address. */
  addressOf(key: string): string | null {
    return new URLSearchParams(new URL(this.page.url()).hash.slice(1)).get(key);
  }

  // ---- the timeline

  get timelineChart(): Locator {
    return this.app.getByRole("application", { name: /^Timeline\b/ });
  }

  /** The heads of regions, in their order. */
  get laneGroups(): Locator {
    return this.app.getByRole("list", { name: "Lanes" }).locator("[aria-expanded]");
  }

  /** The lanes on screen. */
  get lanes(): Locator {
    return this.app.getByRole("list", { name: "Lanes" }).locator(".tl-lane");
  }

  /** The lane that has the cursor. */
  get chosenLane(): Locator {
    return this.app.locator(".tl-lane.is-chosen");
  }

  laneTitle(name: string): Locator {
    return this.app.getByRole("list", { name: "Lanes" }).getByRole("button", { name, exact: true });
  }

  /** Where an instant stands on a lane, on screen. The address must name the window. */
  async pointOnLane(lane: string, time: number): Promise<{ x: number; y: number }> {
    const [chart, title, window] = [await this.timelineChart.boundingBox(), await this.laneTitle(lane).boundingBox(), this.window];
    if (!chart || !title || !window) throw new Error(`${lane} is not drawn, or the address names no window`);
    return {
      x: chart.x + (chart.width * (time - window.from)) / (window.to - window.from),
      y: title.y + title.height / 2,
    };
  }

  /** The card beside the pointer, which a screen reader hears in other words. */
  get card(): Locator {
    return this.app.locator(".tl-card, .life-card");
  }

  /** The lines of a table that stands for a drawing, as texts of cells. */
  async tableLines(name: string): Promise<string[][]> {
    const rows = this.app.getByRole("region", { name }).locator("tbody tr");
    return rows.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => (cell as HTMLElement).innerText.trim())));
  }

  // ---- the fleet

  /** The instant T as it is typed. */
  get instant(): Locator {
    return this.app.getByRole("textbox", { name: "At T" });
  }

  /** T's handle on the histogram. */
  get instantHandle(): Locator {
    return this.app.getByRole("slider", { name: "Instant of the fleet" });
  }

  get fleetCounts(): Locator {
    return this.app.locator(".fleet-counts");
  }

  async typeInstant(text: string): Promise<void> {
    await this.instant.fill(text);
    await this.instant.press("Enter");
    await this.idle();
  }

  /** The texts of a column of the fleet, as far as its rows are on screen. */
  async fleetColumn(column: string): Promise<string[]> {
    return this.rows.locator(`.is-${column}`).evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).innerText.trim()));
  }

  /** Opens a resource's page by its address. */
  async openHistory(id: string, kind: string): Promise<void> {
    await this.open(`v=1&view=resource&res=${encodeURIComponent(id)},${kind}`);
  }

  /** The account's findings over the page, judged. */
  async openFindings(): Promise<void> {
    await this.open("v=1&view=events");
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.type("findings");
    await this.page.keyboard.press("Enter");
    await this.idle();
  }

  // ---- one resource

  /** The events of the resource, as keys and screen readers meet them. */
  get resourceEvents(): Locator {
    return this.app.getByRole("grid", { name: /^Events of this resource/ });
  }

  /** The event that the cursor of that list stands on. */
  get chosenEvent(): Locator {
    return this.resourceEvents.locator("[aria-selected=true]");
  }

  /** Findings as cards, those whose name fits. */
  findings(name: string | RegExp = /finding: /): Locator {
    return this.app.getByRole("article", { name });
  }

  /** The lines that join cards to rows, and the dots that they begin at. */
  get joints(): Locator {
    return this.app.locator(".joint path");
  }

  get jointDots(): Locator {
    return this.app.locator(".joint-dot");
  }

  /** A badge of the header: `2 firm`. */
  findingBadge(sort: "firm" | "suspected" | "dismissed"): Locator {
    return this.app.getByRole("button", { name: new RegExp(`^\\d+ ${sort}$`) }).first();
  }

  /** Goes from finding to finding of a sort by its badge until the card of that name is there. */
  async goToFinding(sort: "firm" | "suspected", name: string): Promise<Locator> {
    const card = this.findings(name);
    const is_there = async () => (await card.count()) > 0 && (await card.getByRole("button", { name: /^Show .*event/ }).count()) > 0;
    for (let i = 0; i < 20 && !(i > 0 && (await is_there())); i++) {
      await this.findingBadge(sort).click();
      await this.idle();
    }
    return card;
  }

  /** Events of the finding that is shown. */
  get shownEvents(): Locator {
    return this.app.locator(".life-event.is-shown");
  }

  /** The buttons of rows that others are folded into. */
  folds(is_open: boolean): Locator {
    return this.app.getByRole("button", { name: is_open ? /^Fold [\d,]+ events? of the same act/ : /^Show [\d,]+ events? of the same act/ });
  }

  /** The handle of the instant that a resource's values are of. */
  get valuesInstant(): Locator {
    return this.app.getByRole("slider", { name: "Instant of the values" });
  }
}

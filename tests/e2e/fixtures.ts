// The test object of every spec: a served build, the page object, and a watch that fails a test on any policy violation,
// console error, page error or answer of 400 and above that the test didn't announce.
import { test as base, expect } from "@playwright/test";
import type { BrowserContext } from "@playwright/test";
import { LifelinePage } from "./page.ts";
import { serveFolder } from "./server.ts";
import type { Served } from "./server.ts";

export { expect };

export interface Options {
  /** The path the build is served under. */
  prefix: string;
}

export interface Watch {
  /** What went wrong so far, in words. */
  readonly complaints: string[];
  /** Lets complaints pass that match: a test names the fault it made itself. */
  allow(pattern: RegExp): void;
}

/** Watches every page of a context, workers included. */
export async function watchContext(context: BrowserContext): Promise<Watch> {
  const allowed: RegExp[] = [];
  const complaints: string[] = [];
  const complain = (words: string) => {
    if (!allowed.some((pattern) => pattern.test(words))) complaints.push(words);
  };
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (e) =>
      console.error(`policy violation: ${e.violatedDirective} refused ${e.blockedURI} ${e.sample} at ${e.sourceFile}:${e.lineNumber}`),
    );
  });
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complain(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complain(`page error: ${error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 400) complain(`answer ${response.status()} for ${response.url()}`);
  });
  return { complaints, allow: (pattern) => void allowed.push(pattern) };
}

export const test = base.extend<{ watch: Watch; lifeline: LifelinePage }, Options & { served: Served }>({
  prefix: ["/", { option: true, scope: "worker" }],
  served: [
    async ({ prefix }, use) => {
      const served = await serveFolder(undefined, prefix);
      await use(served);
      await served.close();
    },
    { scope: "worker" },
  ],
  watch: [
    async ({ context }, use) => {
      const watch = await watchContext(context);
      await use(watch);
      expect(watch.complaints).toEqual([]);
    },
    { auto: true },
  ],
  lifeline: async ({ page, served }, use) => {
    await use(new LifelinePage(page, served.url));
  },
});

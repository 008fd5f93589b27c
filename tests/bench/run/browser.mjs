// A browser of its own for each page, so that each page has a renderer of its own; and what that renderer holds.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const MINUTE = 60_000;

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });

/** Opens an address. `close` ends the browser; `memory` is what the renderer holds, in bytes. */
export async function openPage(url, options = {}) {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", timezoneId: "UTC" });
  if (options.initScript) await context.addInitScript(options.initScript);
  const page = await context.newPage();
  page.setDefaultTimeout(10 * MINUTE);
  let hasCrashed = false;
  const crashed = new Promise((_, failed) => page.on("crash", () => ((hasCrashed = true), failed(new Error("out of memory: the renderer crashed")))));
  crashed.catch(() => {});
  const devtools = await browser.newBrowserCDPSession();
  await page.goto(url);
  const renderers = async () => (await devtools.send("SystemInfo.getProcessInfo")).processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  return {
    page,
    /** Calls a function in the page; fails after so many minutes, or when the renderer crashes. */
    async call(inPage, values, minutes = 10) {
      let timer;
      const late = new Promise((_, failed) => (timer = setTimeout(() => failed(new Error(`no answer within ${minutes} min`)), minutes * MINUTE)));
      try {
        return await Promise.race([page.evaluate(inPage, values), crashed, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Proportional set size of the renderer that holds most: a spare one holds little. */
    async memory() {
      return Math.max(...(await renderers()).map(held));
    },
    /** The most it holds while something goes on. */
    async peakDuring(work) {
      const ids = await renderers();
      let most = 0;
      const look = () => (most = Math.max(most, ...ids.map(held)));
      const timer = setInterval(look, 100);
      try {
        const result = await work();
        look();
        return { result, most };
      } finally {
        clearInterval(timer);
      }
    },
    hasCrashed: () => hasCrashed,
    close: () => browser.close(),
  };
}

function held(id) {
  try {
    return 1024 * Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))[1]);
  } catch {
    return 0;
  }
}

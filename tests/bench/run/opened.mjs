// The app with a file in it, as a person opens one; and a peer's page, watched in the same way.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";
import { HERE } from "./places.mjs";

export const WATCH = readFileSync(join(HERE, "page/watch.js"), "utf8");
/** How many events match, as the field of the query says. */
export const COUNT = ".search-count";
export const LIST = "[role=grid][aria-label=Events]";
export const FRAMES = 600;
const MOST_MS = 8 * 60_000;

/** Opens the app, lets a person choose a file of so many events and waits until it is all on screen: `ms` from the choice
    to the last count, `starting` the long tasks before it. */
export async function openFile(url, path, n, opened) {
  const app = await openPage(url, { initScript: WATCH });
  opened.push(app);
  const { page } = app;
  await idle(page);
  const { longTasks: starting } = await page.evaluate(() => watch.stop());
  await page.getByRole("button", { name: "More", exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  await page.evaluate(([selector, text]) => watch.awaitText(selector, text), [COUNT, `${n.toLocaleString("en")} match`]);
  await (await chooser).setFiles(path);
  const ms = await app.call(() => watch.shown);
  await idle(page);
  return { app, page, ms, starting };
}

/** Until all that was asked is on screen; the largest file takes minutes. */
export async function idle(page) {
  await page.waitForFunction(() => "lifeline" in globalThis);
  const late = await page.evaluate((most) => Promise.race([lifeline.idle(), new Promise((late) => setTimeout(late, most, "late"))]), MOST_MS);
  if (late) throw new Error(`not all on screen within ${MOST_MS / 60_000} min`);
}

export async function openPeer(site, name, opened) {
  const peer = await openPage(`${site.url}?peer=${name}`, { initScript: WATCH });
  opened.push(peer);
  await peer.page.waitForFunction(() => "bench" in globalThis);
  return peer;
}

/** What is opened meanwhile is closed at the end, however it ends. */
export async function withOpened(work) {
  const opened = [];
  try {
    return await work(opened);
  } finally {
    for (const page of opened) await page.close();
  }
}

// What shows many at once: the app's list and its timeline, beside them a grid and a timeline of others.
import { rmSync } from "node:fs";
import { dataOf, shortEvents } from "./data.mjs";
import { FRAMES, idle, LIST, openFile, openPeer, withOpened } from "./opened.mjs";

/** Frames while so many rows are scrolled, and the way to the last one. */
export async function list(url, n, lists) {
  const path = await shortEvents(n);
  const result = { name: "ours", n };
  lists.push(result);
  await orFailed(result, async (opened) => {
    const { app, page, ms } = await openFile(url, path, n, opened);
    Object.assign(result, { shownMs: ms, memory: await app.memory() }, await scrolled(page, LIST, `[aria-rowindex="${n + 1}"]`));
  });
  rmSync(path);
}

export async function peerList(site, data, lists) {
  const result = { name: "ag-grid", n: data.n };
  lists.push(result);
  await orFailed(result, async (opened) => {
    const peer = await openPeer(site, "ag-grid", opened);
    const { list, last } = await peer.call((url) => bench.show(url), `data/${data.file}`);
    Object.assign(result, await scrolled(peer.page, list, last));
  });
}

async function scrolled(page, list, last) {
  await page.evaluate(() => watch.start());
  await page.evaluate(([list, n]) => watch.scroll(list, n), [list, FRAMES]);
  const { frames, longTasks } = await page.evaluate(() => watch.stop());
  const end = await page.evaluate(([list, last]) => watch.jumpToEnd(list, last), [list, last]).catch(() => null);
  return { frames, longTasks, end };
}

/** Frames while a timeline of so many marks is zoomed and panned. */
export async function timeline(url, n, timelines) {
  const data = await dataOf(n);
  const result = { name: "ours", n };
  timelines.push(result);
  await orFailed(result, async (opened) => {
    const { page } = await openFile(url, data.path, n, opened);
    await page.evaluate(() => (location.hash = `${location.hash || "#v=1"}&view=timeline&lanes=region`));
    const chart = page.getByRole("application", { name: /^Timeline\b/ });
    await chart.waitFor({ timeout: 60_000 });
    await idle(page);
    Object.assign(result, await zoomedAndPanned(page, await chart.boundingBox()));
  });
}

export async function peerTimeline(site, n, timelines) {
  const result = { name: "vis-timeline", n };
  if (timelines.some(({ name, failed }) => name === result.name && failed)) result.failed = "not tried: fewer failed";
  timelines.push(result);
  if (result.failed) return;
  const data = await dataOf(n);
  await orFailed(result, async (opened) => {
    const peer = await openPeer(site, "vis-timeline", opened);
    const { chart, ms } = await peer.call((url) => bench.show(url), `data/${data.file}`, 1);
    const box = await peer.page.locator(chart).first().boundingBox();
    peer.page.setDefaultTimeout(60_000);
    Object.assign(result, { shownMs: ms, ...(await zoomedAndPanned(peer.page, box)) });
  });
}

/** What failed is said in the result. */
async function orFailed(result, work) {
  try {
    await withOpened(work);
  } catch (error) {
    result.failed = String(error.message).split("\n")[0];
  }
}

const MOVES = 60;

async function zoomedAndPanned(page, chart) {
  const [x, y] = [chart.x + chart.width / 2, chart.y + Math.min(chart.height / 2, 200)];
  const late = Date.now() + 60_000;
  const inTime = () => {
    if (Date.now() > late) throw new Error(`${MOVES} moves take over a minute`);
  };
  await page.mouse.move(x, y);
  await page.evaluate(() => watch.start());
  await page.keyboard.down("Control");
  for (let n = 0; n < MOVES; n++, inTime()) await page.mouse.wheel(0, n < MOVES / 2 ? -60 : 60);
  await page.keyboard.up("Control");
  await page.mouse.down();
  for (let n = 0; n < MOVES; n++, inTime()) await page.mouse.move(x + 4 * n, y);
  await page.mouse.up();
  return page.evaluate(() => watch.stop());
}

// The app as shipped, in dist/: its start, reading a file, typing, brushing, scrolling, the timeline; beside it what shows
// lists and timelines elsewhere. Done by mouse and keys as a person does it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { launch, openPage } from "./browser.mjs";
import { dataOf, shortEvents } from "./data.mjs";
import { DIST, HERE, SERVE } from "./places.mjs";
import { measureTrace } from "./trace.mjs";

const WATCH = readFileSync(join(HERE, "page/watch.js"), "utf8");
const COUNT = ".search-count";
const ROW = "[data-row]";
const LIST = "[role=grid][aria-label=Events]";
const FRAMES = 600;
const MOST_MS = 8 * 60_000;

export async function measureApp({ site, data, plan, say }) {
  const served = await serveApp();
  const found = { longTasks: {}, lists: [], timelines: [] };
  try {
    say("the app: start");
    found.start = await start(served.url, plan);
    say(`the app: ${data.n.toLocaleString("en")} events from a file`);
    Object.assign(found, await attempt(say, () => session(served.url, data, plan, found.longTasks)));
    for (const n of plan.scrolled) {
      say(`the app: a list of ${n.toLocaleString("en")} rows`);
      await list(served.url, n, found.lists);
    }
    say("AG Grid");
    await peerList(site, data, found.lists);
    for (const n of plan.marks) {
      say(`timelines of ${n.toLocaleString("en")} marks`);
      await timeline(served.url, n, found.timelines);
      await peerTimeline(site, n, found.timelines);
    }
    say("a real gzip");
    Object.assign(found, await attempt(say, () => measureTrace({ site, app: served.url, plan, openFile })));
  } finally {
    served.close();
  }
  return found;
}

/** What fails is said and leaves its place empty. */
async function attempt(say, work) {
  try {
    return await work();
  } catch (error) {
    say(String(error.message).split("\n")[0]);
    return {};
  }
}

async function serveApp() {
  const child = spawn(SERVE, ["--dir", DIST, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(createInterface(child.stdout), "line");
  return { url, close: () => child.kill() };
}

/** From navigation to the first row of the demo account, in a browser that never saw the app. */
async function start(url, plan) {
  const browser = await launch();
  const times = [];
  try {
    for (let n = -1; n < plan.starts; n++) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addInitScript(WATCH);
      const page = await context.newPage();
      await page.goto(url);
      const ms = await page.evaluate((selector) => watch.first(selector), ROW);
      if (n >= 0) times.push(ms);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return times;
}

/** Opens the app, lets a person choose a file of so many events and waits until it is all on screen: `ms` from the choice
    to the last count, `starting` the long tasks before it. */
export async function openFile(url, path, n, opened = []) {
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
async function idle(page) {
  await page.waitForFunction(() => "lifeline" in globalThis);
  const late = await page.evaluate((most) => Promise.race([lifeline.idle(), new Promise((late) => setTimeout(late, most, "late"))]), MOST_MS);
  if (late) throw new Error(`not all on screen within ${MOST_MS / 60_000} min`);
}

/** Reading, typing, brushing and scrolling, with the main thread's long tasks in each. */
async function session(url, data, plan, longTasks) {
  const { app, page, ms, starting } = await openFile(url, data.path, data.n);
  try {
    const found = { openMs: ms, memory: await app.memory() };
    const phase = async (name, work) => {
      await page.evaluate(() => watch.start());
      await work();
      const seen = await page.evaluate(() => watch.stop());
      longTasks[name] = [...(longTasks[name] ?? []), ...seen.longTasks];
      return seen.frames;
    };
    longTasks.starting = starting;
    longTasks.reading = (await page.evaluate(() => watch.stop())).longTasks;

    const search = page.getByRole("combobox", { name: "Search events" });
    found.keyToPaint = [];
    await phase("typing", async () => {
      await search.pressSequentially("outcome:failure what:*-77*");
      await idle(page);
      for (let n = 0; n < plan.keys; n++) {
        // The last letter makes it a person's whole name: from nothing to all that they did.
        const query = `initiator.name:${data.shares.initiator[n + 5][0]}`;
        await search.fill(query.slice(0, -1));
        await page.waitForFunction((selector) => document.querySelector(selector)?.textContent === "0 match", COUNT);
        await page.evaluate((selector) => watch.awaitOther(selector), COUNT);
        await page.keyboard.press(query.at(-1));
        found.keyToPaint.push(await page.evaluate(() => watch.other));
      }
      await search.fill("");
      await idle(page);
    });

    const chart = await page.getByRole("group", { name: /^Choose a part of the time/ }).boundingBox();
    const y = chart.y + chart.height / 2;
    found.brushFrames = await phase("brushing", async () => {
      await page.mouse.move(chart.x + chart.width * 0.2, y);
      await page.mouse.down();
      await page.mouse.move(chart.x + chart.width * 0.8, y, { steps: 60 });
      await page.mouse.up();
      await idle(page);
    });
    await page.mouse.click(chart.x + 4, y);
    await idle(page);
    await phase("scrolling", () => page.evaluate(([list, n]) => watch.scroll(list, n), [LIST, FRAMES / 2]));
    found.memoryAfter = await app.memory();
    return found;
  } finally {
    await app.close();
  }
}

/** Frames while so many rows are scrolled, and the way to the last one. */
async function list(url, n, lists) {
  const path = await shortEvents(n);
  const result = { name: "ours", n };
  lists.push(result);
  await orFailed(result, async (opened) => {
    const { app, page, ms } = await openFile(url, path, n, opened);
    Object.assign(result, { shownMs: ms, memory: await app.memory() }, await scrolled(page, LIST, `[aria-rowindex="${n + 1}"]`));
  });
  rmSync(path);
}

async function peerList(site, data, lists) {
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
async function timeline(url, n, timelines) {
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

async function peerTimeline(site, n, timelines) {
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

async function openPeer(site, name, opened) {
  const peer = await openPage(`${site.url}?peer=${name}`, { initScript: WATCH });
  opened.push(peer);
  await peer.page.waitForFunction(() => "bench" in globalThis);
  return peer;
}

/** Closes what was opened, and says in the result what failed. */
async function orFailed(result, work) {
  const opened = [];
  try {
    await work(opened);
  } catch (error) {
    result.failed = String(error.message).split("\n")[0];
  } finally {
    for (const page of opened) await page.close();
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

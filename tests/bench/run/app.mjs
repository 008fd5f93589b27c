// The app as shipped, in dist/: its start, reading a file, typing, brushing, scrolling, the timeline; beside it what shows
// lists and timelines elsewhere. Done by mouse and keys as a person does it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { launch, openPage } from "./browser.mjs";
import { dataOf } from "./data.mjs";
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
      await attempt(say, () => list(served.url, n, found));
    }
    say("AG Grid");
    await attempt(say, () => peerList(site, data, found));
    for (const n of plan.marks) {
      say(`timelines of ${n.toLocaleString("en")} marks`);
      await attempt(say, () => timeline(served.url, n, found));
      await attempt(say, () => peerTimeline(site, n, found));
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

/** Opens the app and lets a person choose a file. */
export async function openFile(url, path) {
  const app = await openPage(url, { initScript: WATCH });
  const { page } = app;
  await idle(page);
  await page.getByRole("button", { name: "More", exact: true }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files" }).click();
  const began = performance.now();
  await (await chooser).setFiles(path);
  // The worker hears of it in the next turn.
  await page.waitForTimeout(50);
  await idle(page);
  return { app, page, ms: performance.now() - began };
}

/** Until all that was asked is on screen; the largest file takes minutes. */
async function idle(page) {
  await page.waitForFunction(() => "lifeline" in globalThis);
  const late = await page.evaluate((most) => Promise.race([lifeline.idle(), new Promise((late) => setTimeout(late, most, "late"))]), MOST_MS);
  if (late) throw new Error(`not all on screen within ${MOST_MS / 60_000} min`);
}

/** Reading, typing, brushing and scrolling, with the main thread's long tasks in each. */
async function session(url, data, plan, longTasks) {
  const { app, page, ms } = await openFile(url, data.path);
  try {
    const found = { openMs: ms, memory: await app.memory() };
    const phase = async (name, work) => {
      await page.evaluate(() => watch.start());
      await work();
      const seen = await page.evaluate(() => watch.stop());
      longTasks[name] = [...(longTasks[name] ?? []), ...seen.longTasks];
      return seen.frames;
    };
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
async function list(url, n, found) {
  const data = await dataOf(n);
  const { app, page } = await openFile(url, data.path);
  try {
    found.lists.push({ name: "ours", n, ...(await scrolled(page, LIST, `[aria-rowindex="${n + 1}"]`)) });
  } finally {
    await app.close();
  }
}

async function peerList(site, data, found) {
  const peer = await openPage(`${site.url}?peer=ag-grid`, { initScript: WATCH });
  try {
    await peer.page.waitForFunction(() => "bench" in globalThis);
    const { list, last } = await peer.call((url) => bench.show(url), `data/${data.file}`);
    found.lists.push({ name: "ag-grid", n: data.n, ...(await scrolled(peer.page, list, last)) });
  } catch (error) {
    found.lists.push({ name: "ag-grid", n: data.n, failed: String(error.message).split("\n")[0] });
  } finally {
    await peer.close();
  }
}

async function scrolled(page, list, last) {
  await page.evaluate(() => watch.start());
  await page.evaluate(([list, n]) => watch.scroll(list, n), [list, FRAMES]);
  const { frames, longTasks } = await page.evaluate(() => watch.stop());
  const end = await page.evaluate(([list, last]) => watch.jumpToEnd(list, last), [list, last]).catch(() => null);
  return { frames, longTasks, end };
}

/** Frames while a timeline of so many marks is zoomed and panned. */
async function timeline(url, n, found) {
  const data = await dataOf(n);
  const { app, page } = await openFile(url, data.path);
  try {
    await page.evaluate(() => (location.hash = `${location.hash || "#v=1"}&view=timeline&lanes=region`));
    const chart = page.getByRole("application", { name: /^Timeline\b/ });
    await chart.waitFor({ timeout: 60_000 });
    await idle(page);
    found.timelines.push({ name: "ours", n, ...(await zoomedAndPanned(page, await chart.boundingBox())) });
  } finally {
    await app.close();
  }
}

async function peerTimeline(site, n, found) {
  const result = { name: "vis-timeline", n };
  found.timelines.push(result);
  // Ten times as many would take a hundred times as long.
  if (found.timelines.some((other) => other.name === result.name && other.failed)) {
    result.failed = "not tried: fewer failed";
    return;
  }
  const data = await dataOf(n);
  const peer = await openPage(`${site.url}?peer=vis-timeline`, { initScript: WATCH });
  try {
    await peer.page.waitForFunction(() => "bench" in globalThis);
    const { chart, ms } = await peer.call((url) => bench.show(url), `data/${data.file}`, 1);
    const box = await peer.page.locator(chart).first().boundingBox();
    peer.page.setDefaultTimeout(60_000);
    Object.assign(result, { shownMs: ms, ...(await zoomedAndPanned(peer.page, box)) });
  } catch (error) {
    result.failed = String(error.message).split("\n")[0];
  } finally {
    await peer.close();
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

// The app as shipped, in dist/: its start, reading a file, typing, brushing, scrolling, the timeline; beside it what shows
// lists and timelines elsewhere. Done by mouse and keys as a person does it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { launch } from "./browser.mjs";
import { COUNT, FRAMES, idle, LIST, openFile, WATCH, withOpened } from "./opened.mjs";
import { DIST, SERVE } from "./places.mjs";
import { measureTrace } from "./trace.mjs";
import { list, peerList, peerTimeline, timeline } from "./views.mjs";

const ROW = "[data-row]";

/** Fills in `found` as it comes; `write` is called after each step. */
export async function measureApp({ site, data, plan, say }, found, write) {
  Object.assign(found, { longTasks: {}, lists: [], timelines: [] });
  const served = await serveApp();
  try {
    say("the app: start");
    found.start = await start(served.url, plan);
    say(`the app: ${data.n.toLocaleString("en")} events from a file`);
    Object.assign(found, await attempt(say, () => withOpened((opened) => session(served.url, data, plan, found.longTasks, opened))));
    say("a real gzip");
    Object.assign(found, await attempt(say, () => measureTrace({ site, app: served.url, plan })));
    write();
    for (const n of plan.scrolled) {
      say(`the app: a list of ${n.toLocaleString("en")} rows`);
      await list(served.url, n, found.lists);
      write();
    }
    say("AG Grid");
    await peerList(site, data, found.lists);
    for (const n of plan.marks) {
      say(`timelines of ${n.toLocaleString("en")} marks`);
      await timeline(served.url, n, found.timelines);
      // Even a thousand marks take it a minute.
      if (!plan.isQuick) await peerTimeline(site, n, found.timelines);
      write();
    }
  } finally {
    served.close();
  }
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
      // Told by the page itself: to ask it would put scripts of the driver into the midst of its start.
      await context.addInitScript(`${WATCH}\nwatch.first("${ROW}").then((ms) => console.info("first row", ms));`);
      const page = await context.newPage();
      const told = page.waitForEvent("console", { predicate: (message) => message.text().startsWith("first row ") });
      await page.goto(url);
      const ms = Number((await told).text().split(" ")[2]);
      if (n >= 0) times.push(ms);
      await context.close();
    }
  } finally {
    await browser.close();
  }
  return times;
}

/** Reading, typing, brushing and scrolling, with the main thread's long tasks in each. */
async function session(url, data, plan, longTasks, opened) {
  const { app, page, ms, starting } = await openFile(url, data.path, data.n, opened);
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
}

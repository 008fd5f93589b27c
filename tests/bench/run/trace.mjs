// A real fleet's events in a gzip: the app until every answer is there, the browser's own DecompressionStream only to
// unzip them; `inspect`, and `gzip` only to unzip them. In turns, in one run.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openPage } from "./browser.mjs";
import { openFile, withOpened } from "./opened.mjs";
import { BENCH, INSPECT, TRACE } from "./places.mjs";
import { median, ratioOf } from "./stats.mjs";

const N_EVENTS = 108_576;

export async function measureTrace({ site, app, plan }) {
  if (!existsSync(TRACE)) throw new Error(`no ${TRACE} here: the real gzip is not measured`);
  mkdirSync(join(BENCH, "data"), { recursive: true });
  copyFileSync(TRACE, join(BENCH, "data/trace.ndjson.gz"));
  const found = { trace: { ours: [], theirs: [] }, inspect: { ours: [], theirs: [] } };
  for (let at = -1; at < plan.openings; at++) {
    const { ms } = await withOpened((opened) => openFile(app, TRACE, N_EVENTS, opened));
    const unzipped = await unzippedIn(site);
    const inspected = timed(INSPECT, [TRACE]);
    const piped = timed("gzip", ["-dc", TRACE]);
    if (at < 0) continue;
    found.trace.ours.push(ms);
    found.trace.theirs.push(unzipped);
    found.inspect.ours.push(inspected);
    found.inspect.theirs.push(piped);
  }
  // How many times theirs ours takes: the other way round than among peers.
  return Object.fromEntries(Object.entries(found).map(([name, { ours, theirs }]) => [name, { ...ratioOf(theirs, ours), ours: median(ours), theirs: median(theirs) }]));
}

async function unzippedIn(site) {
  const { call, close } = await openPage(`${site.url}?peer=arrays`);
  try {
    return await call(async () => {
      const file = await (await fetch("data/trace.ndjson.gz")).blob();
      const began = performance.now();
      const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
      while (!(await reader.read()).done);
      return performance.now() - began;
    });
  } finally {
    await close();
  }
}

function timed(program, words) {
  const began = performance.now();
  execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });
  return performance.now() - began;
}

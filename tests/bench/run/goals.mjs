// The goals, line by line: what was measured against each. A goal is met only where every figure that it names is there
// and holds. Why one isn't, stands in why.md under the goal's name.
import { frameWords, isSmooth } from "./frames.mjs";
import { median, quantile, ratioOf } from "./stats.mjs";
import { compared, ms, times } from "./report.mjs";

export function goalsTable(results, why) {
  const words = wordsOf(why);
  const rows = GOALS.map(([key, goal, measure]) => {
    const found = measure(results);
    const verdict = !found ? "not measured" : `${found.isMet ? "met" : "**not met**"}${results.plan.isQuick ? " at this size" : ""}`;
    return `| ${goal} | ${found?.words ?? ""} | ${verdict} | ${words[key] ?? ""} |`;
  });
  return `## The goals\n\n| goal | measured | | why, what was tried |\n| --- | --- | --- | --- |\n${rows.join("\n")}`;
}

/** `### key` and the paragraph under it. */
function wordsOf(why) {
  return Object.fromEntries([...why.matchAll(/^### (\S+)\n+([^#]+)/gm)].map(([, key, text]) => [key, text.trim().replace(/\s+/g, " ")]));
}

const GOALS = [
  ["read", "read NDJSON ≥ 400 MB/s; ≥ 5× JavaScript, 15× DuckDB-WASM, 20× Perspective", reading],
  ["gzip", "open a gzip of 126 MB of text within 1.0× of DecompressionStream", ({ app }) => app?.trace && { isMet: app.trace.high <= 1, words: `takes ${times(app.trace)} of its time (${ms(app.trace.ours)}, ${ms(app.trace.theirs)})` }],
  ["inspect", "`inspect` on that gzip within 1.5× of `gzip -dc`", ({ app }) => app?.inspect && { isMet: app.inspect.ratio <= 1.5, words: `takes ${times(app.inspect)} of its time` }],
  ["filter", "filter, count, histogram: ≤ 16 ms from key to paint, engine ≥ 10× the best peer", typing],
  ["facets", "eight facets ≤ 16 ms, 10× the best peer", (results) => asked(results, "eight facets under two clauses", (times) => median(times) <= 16, 10)],
  ["brush", "brush step p95 ≤ 2 ms, level with crossfilter2 and Mosaic", (results) => asked(results, "brush step, ten facets follow", (times) => quantile(times, 0.95) <= 2, 1, ["crossfilter", "mosaic"])],
  ["text", "part of a text ≤ 30 ms", (results) => asked(results, "part of a text: none", (times) => median(times) <= 30)],
  ["history", "history of 10,000 events ≤ 5 ms", (results) => asked(results, "history of 10,000 events or nearest", (times) => median(times) <= 5)],
  ["fleet", "fleet at any instant ≤ 50 ms", (results) => asked(results, "fleet at an instant", (times) => median(times) <= 50)],
  ["timeline", "timeline of 100 k and 1 M marks: frames p95 ≤ 16.7 ms", ({ app }) => smooth(app?.timelines, [100_000, 1_000_000])],
  ["scroll", "scroll 10 M rows: frames p95 ≤ 16.7 ms, last row reached", ({ app }) => smooth(app?.lists, [10_000_000], ({ end }) => end !== null)],
  ["memory", "≤ 60 B an event beside the text; 10 M events in one tab", memory],
  ["wire", "whole app ≤ 350 kB in brotli", ({ wire }) => wire && ({ isMet: wire.lifeline <= 350_000, words: `${Math.round(wire.lifeline / 1000)} kB on a first visit, ${Math.round(wire.later / 1000)} kB with the first deed` })],
  ["start", "first usable row ≤ 300 ms", ({ app }) => app?.start && { isMet: median(app.start) <= 300, words: `${ms(median(app.start))} (p95 ${ms(quantile(app.start, 0.95))})` }],
  ["growth", "2× the events ≤ 2.1× the time and memory", growing],
  ["tasks", "no task over 50 ms on the main thread", ({ app }) => app && { isMet: Object.values(app.longTasks).every((tasks) => tasks.length === 0), words: `${Object.values(app.longTasks).flat().length}` }],
];

function reading({ pairs }) {
  const wanted = { arrays: 5, duckdb: 15, perspective: 20 };
  const found = pairs.filter(({ peer, ingest }) => peer in wanted && ingest?.ours);
  if (found.length === 0) return null;
  const { ours, bytes } = found[0].ingest;
  const speed = bytes / 1000 / median(ours);
  const ratios = found.map(({ peer, ingest }) => ({ peer, ...ratioOf(ingest.ours, ingest.theirs) }));
  return { isMet: speed >= 400 && ratios.length === 3 && ratios.every(({ peer, ratio }) => ratio >= wanted[peer]), words: `${Math.round(speed)} MB/s; ${ratios.map(({ peer, ...ratio }) => `${peer} ${times(ratio)}`).join(", ")}` };
}

/** `isWell`: whether our times are good enough; `wanted`: how many times ours each of the peers must take. */
function asked(results, name, isWell, wanted, peers) {
  const alone = results.pairs.flatMap(({ works }) => works).find((work) => work.name === name && work.ours);
  if (!alone) return null;
  const found = wanted ? compared(results).filter((one) => one.name === name && (!peers || peers.includes(one.peer))) : [];
  const words = [`${ms(median(alone.ours))}, p95 ${ms(quantile(alone.ours, 0.95))}`, ...found.map(({ peer, ...ratio }) => `${peer} ${times(ratio)}`)];
  return { isMet: isWell(alone.ours) && found.every(({ ratio }) => ratio >= wanted) && (!wanted || found.length > 0), words: words.join("; ") };
}

function typing(results) {
  const engine = asked(results, "a person typed: filter, count, histogram", () => true, 10);
  const keys = results.app?.keyToPaint;
  if (!engine) return null;
  return { isMet: engine.isMet && Boolean(keys) && median(keys) <= 16.7, words: `${keys ? `key to paint ${ms(median(keys))}; ` : ""}engine ${engine.words}` };
}

/** `wanted`: the sizes that the goal names. What is there of ours is told, whatever its size. */
function smooth(shown = [], wanted, isWell = () => true) {
  const ours = shown.filter(({ name, frames }) => name === "ours" && frames);
  if (ours.length === 0) return null;
  const has = (n) => ours.some((one) => one.n === n && isSmooth(one.frames) && isWell(one));
  return { isMet: wanted.every(has), words: ours.map(({ n, frames }) => `${n.toLocaleString("en")}: ${frameWords(frames)}`).join("; ") };
}

function memory({ growth = [] }) {
  const largest = growth.filter(({ failed }) => !failed).at(-1);
  if (!largest) return null;
  const each = largest.wasm / largest.n;
  return { isMet: each <= 60 && largest.n >= 10_000_000, words: `${Math.round(each)} B an event at ${largest.n.toLocaleString("en")} read and sorted, ${Math.round(largest.wasmAfter / largest.n)} B with what questions hold` };
}

function growing({ growth = [] }) {
  const steps = growth.slice(1).map((size, at) => ({ size, before: growth[at] })).filter(({ size, before }) => !size.failed && !before.failed);
  if (steps.length === 0) return null;
  // From one size to another by a factor f, twice as many take as many times as f to the power of log(t) / log(f) says.
  const doubled = (key) => ({ size, before }) => 2 ** (Math.log(key(size) / key(before)) / Math.log(size.n / before.n));
  const most = (key) => Math.max(...steps.map(doubled(key)));
  const [time, space] = [most(({ readMs, refreshMs }) => readMs + refreshMs), most(({ wasm }) => wasm)];
  return { isMet: time <= 2.1 && space <= 2.1, words: `time ${time.toFixed(2)}×, memory ${space.toFixed(2)}×` };
}

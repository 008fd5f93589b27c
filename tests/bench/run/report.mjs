// The results as RESULTS.md: where we lose first, then a table for each work, then the goals. Works nothing out that a
// reader couldn't from results.json.
import { frameWords } from "./frames.mjs";
import { goalsTable } from "./goals.mjs";
import { median, quantile, ratioOf } from "./stats.mjs";

export const NAMES = {
  ours: "Lifeline",
  arrays: "typed-array JavaScript",
  crossfilter: "crossfilter2",
  duckdb: "DuckDB-WASM",
  perspective: "Perspective",
  arquero: "Arquero",
  mosaic: "Mosaic",
  "vis-timeline": "vis-timeline",
  "ag-grid": "AG Grid",
};
const WORKS = { 3: "Filter", 4: "Facets", 5: "Histogram", 6: "Brush", 7: "Part of a text", 8: "Sort and pages", 9: "One resource, all resources" };

export function report(results, why) {
  const parts = [head(results), losses(results), ingested(results), ...worksTables(results), app(results), memory(results), growth(results), wire(results), goalsTable(results, why)];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** `4.2× [4.0–4.4]`: how many times ours theirs takes. */
export function times({ ratio, low, high }) {
  return `${short(ratio)}× [${short(low)}–${short(high)}]`;
}

export const ms = (value) => `${value < 10 ? value.toFixed(value < 1 ? 3 : 2) : value.toFixed(0)} ms`;
const short = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const many = (n) => n.toLocaleString("en");
const mb = (bytes) => `${many(Math.round(bytes / 1e6))} MB`;
const table = (heads, rows) => [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const speed = (bytes, samples) => `${short(bytes / 1000 / median(samples))} MB/s`;

function head({ plan, machine, seconds }) {
  return `# Lifeline beside its peers

Written by \`./dev bench${plan.isQuick ? " --quick" : ""}\`, ${machine.at.slice(0, 10)}, in ${Math.round(seconds / 60)} min; not by hand, save for the words beside the goals (\`why.md\`). ${many(plan.nEvents)} events of
a made-up account (\`benches/engine/account.rs\`). ${machine.cpu}, ${machine.cores} cores, ${mb(machine.memory)}, ${machine.browser}. Load average (1, 5, 15 min) before
${machine.load}, after ${machine.after}: on a busy machine compare ratios only.

Lifeline's engine here is the library built with the shipped program's profile and flags, called in a page of its own; each peer
has a renderer of its own too. Both read the same text; the answers to each question are held against each other, those in the
samples too; then ours and theirs are asked in turns, after 5 of each to warm up. Each sample asks something new; what an engine keeps between
questions (clauses' bitmaps, indexes) it may use. **N× is how many times as long as ours the peer takes, with a 95 % interval: below 1
the peer is faster.** "can't": the peer has no such function. Events reach DuckDB-WASM through Arrow: its JSON reader is not
linked in and cannot be fetched here. DuckDB-WASM, Perspective and Mosaic answer from a worker, so a message to it and back is in their times; in
the app it is in ours too.`;
}

/** Every work with each peer that has a result: `{ work, name, peer, …ratio }`. */
export function compared({ pairs }) {
  return pairs.flatMap(({ peer, works }) => works.filter(({ theirs, cannot }) => theirs && !cannot).map(({ work, name, ours, theirs }) => ({ work, name, peer, ours, theirs, ...ratioOf(ours, theirs) })));
}

function losses(results) {
  const lost = compared(results).filter(({ high }) => high < 1);
  const reading = results.pairs.filter(({ ingest }) => ingest?.ours).map(({ peer, ingest }) => ({ name: "reading", peer, ...ratioOf(ingest.ours, ingest.theirs) }));
  lost.unshift(...reading.filter(({ high }) => high < 1));
  if (lost.length === 0) return "## Where we lose\n\nNowhere, in this run.";
  return `## Where we lose\n\n${table(
    ["work", "to", "it takes, of our time"],
    lost.map(({ name, peer, ...ratio }) => [name, NAMES[peer], times(ratio)]),
  )}`;
}

function ingested({ pairs, plan }) {
  const rows = pairs.map(({ peer, ingest, load }) => {
    const small = ingest?.ours ? [speed(ingest.bytes, ingest.ours), speed(ingest.bytes, ingest.theirs), times(ratioOf(ingest.ours, ingest.theirs))] : ["", `failed: ${ingest?.failed}`, ""];
    const theirs = load?.theirs;
    const large = theirs?.failed ? [`failed: ${theirs.failed}`, "", ""] : theirs ? [seconds(load.ours.ms), seconds(theirs.ms), `${many(Math.round(theirs.events / (theirs.ms / 1000)))}`] : ["", "", ""];
    return [NAMES[peer], ...small, ...large];
  });
  return `## 2 Reading\n\n${many(plan.nIngested)} events in memory, and all ${many(plan.nEvents)} from a server of this machine as they come.\n\n${table(
    ["peer", "ours", "theirs", "theirs takes", "ours, all", "theirs, all", "theirs, events/s"],
    rows,
  )}`;
}

const seconds = (value) => `${(value / 1000).toFixed(1)} s`;

function worksTables({ pairs }) {
  return Object.entries(WORKS).map(([number, title]) => {
    const of = (pair) => pair.works.filter(({ work }) => work === Number(number));
    const shown = pairs.filter((pair) => of(pair).some(({ cannot }) => !cannot));
    const absent = pairs.filter((pair) => !shown.includes(pair));
    const names = [...new Set(pairs.flatMap((pair) => of(pair).map(({ name }) => name)))];
    const rows = names.map((name) => {
      const named = (pair) => of(pair).find((work) => work.name === name);
      const ours = pairs.map(named).find((work) => work?.ours);
      return [name, ours ? `${ms(median(ours.ours))} (p95 ${ms(quantile(ours.ours, 0.95))})` : "failed", ours ? ms(ours.first.ours) : "", ...shown.map((pair) => cell(named(pair)))];
    });
    const cannot = absent.length ? `\n\nCan't: ${absent.map(({ peer }) => NAMES[peer]).join(", ")}.` : "";
    return `## ${number} ${title}\n\n${table(["", "Lifeline", "its first ask", ...shown.map(({ peer }) => NAMES[peer])], rows)}${cannot}`;
  });
}

function cell(work) {
  if (!work) return "not reached";
  if (work.cannot) return "can't";
  if (work.failed) return `failed: ${work.failed}`;
  return `${ms(median(work.theirs))}, ${times(ratioOf(work.ours, work.theirs))}`;
}

function app({ app }) {
  if (!app) return "";
  const spread = (values) => `${ms(median(values))} (p95 ${ms(quantile(values, 0.95))})`;
  const rows = [
    app.start && ["1 navigation to the first row, nothing cached", spread(app.start)],
    app.openMs && ["a chosen file read until all is on screen", seconds(app.openMs)],
    app.keyToPaint && ["3 last letter of a person's name to the painted count", spread(app.keyToPaint)],
    app.brushFrames && ["6 frames while the histogram is brushed", frameWords(app.brushFrames)],
    app.memory && ["12 memory of the whole app, file read", mb(app.memory)],
    app.memoryAfter && ["12 the same after typing, brushing, scrolling", mb(app.memoryAfter)],
    app.trace && ["the real gzip opened, all on screen", `${ms(app.trace.ours)}, ${times(app.trace)} of DecompressionStream's ${ms(app.trace.theirs)}`],
    app.inspect && ["`inspect` on it", `${ms(app.inspect.ours)}, ${times(app.inspect)} of \`gzip -dc\`'s ${ms(app.inspect.theirs)}`],
  ].filter(Boolean);
  const shown = (title, list, more) =>
    `${title}\n\n${table(["", "of", "frames", more.title, "long tasks"], list.map((one) => [NAMES[one.name], many(one.n), one.frames ? frameWords(one.frames) : `failed: ${one.failed}`, more.of(one), one.longTasks?.length ?? ""]))}`;
  const phases = Object.entries(app.longTasks).map(([phase, tasks]) => `${phase} ${tasks.length}${tasks.length ? ` (longest ${ms(Math.max(...tasks))})` : ""}`);
  return [
    "## 1, 10, 11 The app as shipped",
    table(["", ""], rows),
    `Tasks over 50 ms on the page's main thread (PerformanceObserver): ${phases.join(", ")}.`,
    app.lists.length && shown("### 10 Scrolling 600 frames, by steps of the wheel and by the bar", app.lists, { title: "to the last row; read in, renderer's memory", of: ({ end, failed, shownMs, memory }) => (failed ? "" : [end === null ? "**not reached**" : ms(end), ...(memory ? [seconds(shownMs), mb(memory)] : [])].join("; ")) }),
    app.timelines.length && shown("### 11 A timeline zoomed and panned", app.timelines, { title: "shown after", of: ({ shownMs }) => (shownMs ? seconds(shownMs) : "") }),
  ]
    .filter(Boolean)
    .join("\n\n");
}

function memory({ pairs }) {
  const rows = pairs.filter(({ load }) => load?.theirs && !load.theirs.failed).map(({ peer, load, memoryAfter }) => [
    NAMES[peer],
    mb(load.ours.memory), mb(load.theirs.memory), mb(load.ours.peak), mb(load.theirs.peak),
    memoryAfter ? mb(memoryAfter.ours) : "", memoryAfter ? mb(memoryAfter.theirs) : "",
  ]);
  return `## 12 Memory\n\nOf the whole renderer process, an empty page's 60 to 70 MB included (Pss).\n\n${table(
    ["peer", "ours, loaded", "theirs, loaded", "ours, at most", "theirs, at most", "ours, after the work", "theirs, after the work"],
    rows,
  )}`;
}

function growth({ growth }) {
  if (!growth) return "";
  const names = Object.keys(growth.find(({ asks }) => asks)?.asks ?? {});
  const rows = growth.map((size) =>
    size.failed
      ? [many(size.n), `failed: ${size.failed}`, ...new Array(5 + names.length).fill("")]
      : [many(size.n), `${seconds(size.readMs)}, ${short(size.bytes / 1000 / size.readMs)} MB/s`, seconds(size.refreshMs), mb(size.wasm), `${Math.round(size.wasm / size.n)} B`, `${Math.round(size.wasmAfter / size.n)} B`, mb(size.memory), ...names.map((name) => ms(size.asks[name]))],
  );
  return `## Growth\n\nOurs alone; events made up in the page and read piece by piece. Wasm memory never shrinks: it is the most that was needed, first for reading and sorting, then for the questions too.\n\n${table(
    ["events", "reading", "sorting, grouping", "wasm memory", "an event", "with the questions here", "renderer", ...names],
    rows,
  )}`;
}

function wire({ wire }) {
  if (!wire) return "";
  const ours = { lifeline: "Lifeline, a first visit", later: "Lifeline, with the first deed" };
  const rows = Object.entries(wire).map(([name, bytes]) => [NAMES[name] ?? ours[name], `${many(Math.round(bytes / 1000))} kB`]);
  return `## 13 On the wire, in brotli\n\nLifeline as hosted, demo data aside; of a peer the program alone, bundled and minified as here.\n\n${table(["", ""], rows)}`;
}

// The made-up account as a file, written once by the library's own generator; and what is in it, to ask after.
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BENCH } from "./places.mjs";

export const START = Date.UTC(2025, 10, 1);
export const END = Date.UTC(2026, 10, 1);
const ACTIONS = ["power-on", "power-off", "reboot", "rename"].map((act) => `audit-log.vsi.${act}`);
/** Columns that questions choose values of. */
const CHOSEN = ["initiator", "agent", "region", "outcome"];

/** `{ path, file, bytes, n, shares: { agent: [[value, share], …] }, targets: { 100: [id, …] } }` */
export async function dataOf(n) {
  const file = `events-${n}.ndjson`;
  const path = join(BENCH, "data", file);
  if (!existsSync(`${path}.json`)) writeFileSync(`${path}.json`, JSON.stringify(await write(n, path)));
  return { path, file, n, ...JSON.parse(readFileSync(`${path}.json`, "utf8")) };
}

/** So many events of few words, for lists of more rows than there is room for the account's. Gives the file. */
export async function shortEvents(n) {
  const path = join(BENCH, "data", `short-${n}.ndjson`);
  const out = createWriteStream(path);
  for (let at = 0; at < n; ) {
    let lines = "";
    for (const end = Math.min(n, at + 10_000); at < end; at++) {
      const time = new Date(START + ((at * 7919) % 31_536_000) * 1000).toISOString();
      lines += `{"id":"e${at}","eventTime":"${time}","action":"${ACTIONS[at % 4]}","outcome":"${at % 9 ? "success" : "failure"}","target":{"id":"${at % 50_000}","name":"server-${at % 50_000}"}}\n`;
    }
    if (!out.write(lines)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return path;
}

async function write(n, path) {
  mkdirSync(join(BENCH, "data"), { recursive: true });
  const ours = await import(pathToFileURL(join(BENCH, "ours/bench_ours.js")).href);
  ours.initSync({ module: readFileSync(join(BENCH, "ours/bench_ours_bg.wasm")) });
  const text = new ours.Text(n);
  const out = createWriteStream(path);
  const perTarget = new Map();
  let shares;
  let bytes = 0;
  for (let piece; (piece = text.next(1 << 24)).length > 0; bytes += piece.length) {
    const lines = Buffer.from(piece).toString();
    shares ??= sharesOf(lines);
    for (const [, id] of lines.matchAll(/"target":\{"id":"(\d+)"/g)) perTarget.set(id, (perTarget.get(id) ?? 0) + 1);
    if (!out.write(piece)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  text.free();
  return { bytes, shares, targets: { 1: targetsOf(perTarget, 1), 100: targetsOf(perTarget, 100), 10_000: targetsOf(perTarget, 10_000) } };
}

/** What share of the events has a value, most frequent first, as a sample says. */
function sharesOf(lines) {
  const events = lines.trim().split("\n").map((line) => JSON.parse(line));
  const values = {
    initiator: (event) => event.initiator.name,
    agent: (event) => event.initiator.host.agent,
    region: (event) => event.logSourceCRN.split(":")[5],
    outcome: (event) => event.outcome,
  };
  return Object.fromEntries(
    CHOSEN.map((column) => {
      const counts = new Map();
      for (const event of events) counts.set(values[column](event), (counts.get(values[column](event)) ?? 0) + 1);
      return [column, [...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => [value, count / events.length])];
    }),
  );
}

/** The servers whose number of events comes nearest. Of five resources the generator makes four servers; the id of the
    fifth kind stands for several resources. */
function targetsOf(perTarget, wanted) {
  const far = (count) => Math.abs(Math.log(count / wanted));
  return [...perTarget]
    .filter(([id]) => id % 5 < 4)
    .sort((a, b) => far(a[1]) - far(b[1]))
    .slice(0, 12)
    .map(([id]) => id);
}

// Lifeline's engine: what the worker calls, built with the shipped program's flags.
import init, { Ours, Text } from "../ours/bench_ours.js";

const wasm = await init();

/** The query language's names for the columns. */
const FIELDS = {
  action: "action",
  outcome: "outcome",
  severity: "severity",
  reason: "reason",
  credential: "initiator.credential.type",
  initiator: "initiator.name",
  target: "target.name",
  region: "region",
  address: "ip",
  agent: "initiator.host.agent",
};
const SEARCHED = ["action", "initiator", "target", "address", "agent"];

const quoted = (word) => `"${word}"`;
const query = (where = []) => where.map(({ column, values }) => `${FIELDS[column]}:(${values.map(quoted).join(" OR ")})`).join(" ");

export async function open(pieces) {
  const store = new Ours();
  for await (const piece of pieces) store.push(piece);
  return asked(store, store.finish());
}

/** Reads so many made-up events, more than a file's worth; the time of making them up is left out. */
export async function grow(n) {
  const text = new Text(n);
  const store = new Ours();
  let [bytes, readMs] = [0, 0];
  for (let piece; (piece = text.next(1 << 18)).length > 0; bytes += piece.length) {
    const began = performance.now();
    store.push(piece);
    readMs += performance.now() - began;
  }
  const began = performance.now();
  const grown = asked(store, store.finish());
  return { grown, bytes, readMs, refreshMs: performance.now() - began, events: grown.n, wasm: wasm.memory.buffer.byteLength };
}

function asked(store, n) {
  return {
    n,
    filter: ({ where, range }) => store.filter(query(where), ...range),
    histogram: ({ where, range, bins }) => [...store.histogram(query(where), ...range, bins)],
    facets: ({ where, range, names }) => [...store.facets(query(where), ...range, names)],
    brush: ({ range, names }) => [...store.facets("", ...range, names)],
    search: ({ text, range }) => store.filter(SEARCHED.map((column) => `${FIELDS[column]}:*${text}*`).join(" OR "), ...range),
    page: ({ range, first, count }) => store.page("", ...range, first, count),
    history: ({ id }) => [...store.history(id)],
    fleet: ({ at }) => [...store.fleet(at)],
    /** The memory that was needed until now, in bytes. */
    held: () => wasm.memory.buffer.byteLength,
    close: () => store.free(),
  };
}

// The works as questions: what is asked in each sample. The same for every peer, and new in each sample, so that no answer
// is one that was given before.
import { END, START } from "./data.mjs";

const TEN = ["outcome", "action", "initiator", "target", "region", "address", "reason", "credential", "severity", "account"];
const TYPED = ["server-77", "person12@", "audit-log", "10.17.0.2"];
const BINS = 200;
const YEAR = END - START;

/** Clauses that together let about 1, 10 and 50 % pass: columns with the share each lets pass. */
const CLAUSES = [
  ["1 predicate, 1 %", { initiator: 0.01 }],
  ["1 predicate, 10 %", { agent: 0.1 }],
  ["1 predicate, 50 %", { agent: 0.5 }],
  ["2 predicates, 1 %", { agent: 0.2, outcome: 0.05 }],
  ["2 predicates, 10 %", { agent: 0.2, region: 0.5 }],
  ["2 predicates, 50 %", { agent: 0.55, outcome: 0.91 }],
  ["3 predicates, 1 %", { agent: 0.4, region: 0.5, outcome: 0.05 }],
  ["3 predicates, 10 %", { agent: 0.22, region: 0.5, outcome: 0.91 }],
  ["3 predicates, 50 %", { agent: 0.73, region: 0.75, outcome: 0.91 }],
];

/** `{ work, name, question, values(n), before?(n), samples? }`: `before` is asked first, outside the time. */
export function worksOf(data) {
  const random = randomOf(7);
  const choose = (column, share) => ({ column, values: valuesWith(data.shares[column], share, random) });
  // A range that begins a little later each time lets all but a handful pass and was never asked before. Its length is a
  // whole number of milliseconds for each bin.
  const range = (n) => [START + 200 * n, END];
  const person = (n) => data.shares.initiator[(17 * n) % Math.min(500, data.shares.initiator.length)][0];
  const works = CLAUSES.map(([name, shares]) => ({
    work: 3,
    name: `filter, ${name}`,
    question: "filter",
    values: (n) => ({ where: Object.entries(shares).map(([column, share]) => choose(column, share)), range: range(n) }),
  }));
  const add = (work, name, question, values, more) => works.push({ work, name, question, values, ...more });

  add(3, "a person typed: filter, count, histogram", "histogram", (n) => ({ where: [{ column: "initiator", values: [person(n)] }], range: range(n), bins: BINS }));
  add(4, "eight facets under two clauses", "facets", (n) => ({ where: [choose("outcome", 0.05), choose("region", 0.25)], range: range(n), names: TEN.slice(0, 8) }));
  add(5, "histogram of all", "histogram", (n) => ({ where: [], range: range(n), bins: BINS }));
  add(5, "histogram of failures", "histogram", (n) => ({ where: [{ column: "outcome", values: ["failure"] }], range: range(n), bins: BINS }));
  add(6, "brush step, ten facets follow", "brush", (n) => ({ range: [START + (YEAR * n) / 120, START + (YEAR * (n + 20)) / 120].map(Math.round), names: TEN }), { samples: 60 });
  add(7, "part of a text: rare", "search", (n) => ({ text: `server-${data.n / 20 - 1 - n}`, range: range(n) }));
  add(7, "part of a text: common", "search", (n) => ({ text: "person".slice(Math.floor(n / 9)) + (1 + (n % 9)), range: range(n) }));
  add(7, "part of a text: none", "search", (n) => ({ text: `zq${n}x`, range: range(n) }));
  const typed = (n) => TYPED[Math.floor(n / 9) % TYPED.length].slice(0, 1 + (n % 9));
  add(7, "part of a text: typed key by key", "search", (n) => ({ text: typed(n), range: range(0) }), { samples: 29 });
  add(8, "sort by target, first page", "page", (n) => ({ range: range(n), first: 0, count: 50 }));
  const half = (n) => ({ range: range(1000 + n), first: data.n / 2, count: 50 });
  add(8, "page at half of what was sorted", "page", half, { before: (n) => ({ ...half(n), first: 0 }) });
  for (const size of [1, 100, 10_000]) {
    const ids = data.targets[size];
    add(9, `history of ${size.toLocaleString("en")} events or nearest`, "history", (n) => ({ id: ids[n % ids.length] }));
  }
  add(9, "fleet at an instant", "fleet", (n) => ({ at: START + ((n * 7919) % 365) * 86_400_000 }));
  return works;
}

/** Values, drawn by lot, that together have about this share. */
function valuesWith(shares, wanted, random) {
  const lots = shares.slice(0, 100).map((value) => [random(), value]).sort((a, b) => a[0] - b[0]);
  const chosen = [];
  let sum = 0;
  for (const [, [value, share]] of lots) {
    if (sum >= 0.8 * wanted) break;
    if (sum + share > 1.25 * wanted) continue;
    chosen.push(value);
    sum += share;
  }
  return chosen;
}

/** Mulberry32. */
function randomOf(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

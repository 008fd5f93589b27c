// crossfilter2: a dimension for each column, groups that follow every filter but their own dimension's.
// It can't look into texts.
import crossfilter from "crossfilter2";
import { historyOf, top } from "./answers.js";
import { recordsOf } from "./records.js";

export async function open(pieces) {
  const events = crossfilter();
  // A text that repeats is held once.
  const words = new Map();
  const one = (word) => words.get(word) ?? (words.set(word, word), word);
  for await (const records of recordsOf(pieces)) {
    for (const record of records) for (const name in record) if (typeof record[name] === "string" && name !== "id") record[name] = one(record[name]);
    events.add(records);
  }
  words.clear();

  const held = {};
  const dimension = (name, key = (record) => record[name]) => (held[name] ??= events.dimension(key));
  const time = dimension("time");
  const all = events.groupAll();

  let filtered = [];
  const see = (where = [], range) => {
    for (const column of filtered) if (!where.some((clause) => clause.column === column)) dimension(column).filterAll();
    filtered = where.map(({ column }) => column);
    for (const { column, values } of where) {
      if (values.length === 1) dimension(column).filterExact(values[0]);
      else dimension(column).filterFunction((value) => values.includes(value));
    }
    time.filterRange(range);
  };

  // Groups are made for the questions that need them: each takes its time at every change of a filter.
  let groups = {};
  const grouped = (names) => {
    for (const name of names) groups[name] ??= dimension(name).group();
  };
  const ungrouped = () => {
    for (const group of Object.values(groups)) group.dispose();
    groups = {};
  };
  const tops = (names) => names.flatMap((name) => top(groups[name].all().map(({ value }) => value)));

  return {
    n: events.size(),
    filter({ where, range }) {
      ungrouped();
      see(where, range);
      return all.value();
    },
    histogram({ where, range, bins }) {
      ungrouped();
      see(where, range);
      const [from, to] = range;
      const counts = new Array(bins + 1).fill(0);
      const group = time.group((at) => Math.floor(((at - from) * bins) / (to - from)));
      for (const { key, value } of group.all()) if (key >= 0 && key < bins) counts[key + 1] = value;
      group.dispose();
      counts[0] = all.value();
      return counts;
    },
    facets({ where, range, names }) {
      grouped(names);
      see(where, range);
      return tops(names);
    },
    brush({ range, names }) {
      grouped(names);
      see([], range);
      return tops(names);
    },
    page({ range, first, count }) {
      ungrouped();
      see([], range);
      // One key says the whole order: by target, newest first where it is the same.
      const inOrder = dimension("order", ({ target, time }) => `${target} ${(9e15 - time).toFixed()}`);
      return inOrder.bottom(count, first).map(({ time, target }) => `${time} ${target}`);
    },
    history({ id }) {
      ungrouped();
      see([], [-Infinity, Infinity]);
      const target = dimension("targetId");
      target.filterExact(id);
      const answer = historyOf(target.bottom(Infinity).sort((a, b) => a.time - b.time));
      target.filterAll();
      return answer;
    },
    close: () => events.remove(),
  };
}

// Arquero: data frames over arrays, in plain JavaScript. Texts are arrays of words; it keeps no index.
import { desc, escape, table } from "arquero";
import { columnsOf } from "./columns.js";
import { historyOf, top } from "./answers.js";
import { SEARCHED } from "./records.js";

export async function open(pieces) {
  const { n, time, texts } = await columnsOf(pieces);
  const columns = { time };
  for (const [name, { codes, words }] of Object.entries(texts)) columns[name] = Array.from(codes, (code) => words[code]);
  const events = table(columns);

  const seen = (where = [], [from, to]) => {
    const clauses = where.map(({ column, values }) => [column, new Set(values)]);
    return events.filter(escape((event) => event.time >= from && event.time < to && clauses.every(([column, values]) => values.has(event[column]))));
  };
  const countsBy = (rows, key) => rows.groupby(key).count().array("count");
  const facets = ({ where = [], range, names }) => names.flatMap((name) => top(countsBy(seen(where.filter(({ column }) => column !== name), range), name)));

  return {
    n,
    filter: ({ where, range }) => seen(where, range).numRows(),
    histogram({ where, range, bins }) {
      const [from, to] = range;
      const rows = seen(where, range);
      const found = rows.groupby({ bin: escape(({ time }) => Math.floor(((time - from) * bins) / (to - from))) }).count();
      const counts = new Array(bins + 1).fill(0);
      counts[0] = rows.numRows();
      for (const { bin, count } of found.objects()) counts[bin + 1] = count;
      return counts;
    },
    facets,
    brush: facets,
    search({ text, range: [from, to] }) {
      const holds = (event) => event.time >= from && event.time < to && SEARCHED.some((name) => event[name].toLowerCase().includes(text.toLowerCase()));
      return events.filter(escape(holds)).numRows();
    },
    page({ range, first, count }) {
      const rows = seen([], range).orderby("target", desc("time")).select("time", "target").slice(first, first + count);
      return rows.objects().map(({ time, target }) => `${time} ${target}`);
    },
    history: ({ id }) => historyOf(events.filter(escape(({ targetId }) => targetId === id)).select("time", "outcome", "action", "initiator").objects({ limit: Infinity })),
  };
}

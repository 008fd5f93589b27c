// Perspective: views over a table, in its own worker. Arrow is its fast way in.
import perspective from "@perspective-dev/client";
import { tableToIPC } from "apache-arrow";
import { historyOf, top } from "./answers.js";
import { tableOf } from "./arrow.js";
import { SEARCHED } from "./records.js";

const file = (name) => fetch(new URL(`../perspective/${name}`, import.meta.url));
perspective.init_server(file("perspective-server.wasm"));
perspective.init_client(file("perspective-js.wasm"));
const client = await perspective.worker();

export async function open(pieces) {
  const come = await tableOf(pieces);
  const events = await client.table(tableToIPC(come, "stream").buffer);

  const seen = (where = [], [from, to]) => [["time", ">=", from], ["time", "<", to], ...where.map(({ column, values }) => [column, "in", values])];
  /** A view's answer; the view is let go of. */
  const viewed = async (config, read) => {
    const view = await events.view(config);
    try {
      return await read(view);
    } finally {
      await view.delete();
    }
  };
  const count = (config) => viewed({ columns: ["time"], ...config }, (view) => view.num_rows());

  /** The first row of a grouped view is the sum of all. */
  const countsBy = (name, filter, expressions) =>
    viewed({ group_by: [name], columns: ["time"], aggregates: { time: "count" }, filter, ...(expressions && { expressions }) }, async (view) => {
      const { __ROW_PATH__: paths, time } = await view.to_columns();
      return { keys: paths.slice(1).map(([key]) => key), counts: time.slice(1), sum: time[0] ?? 0 };
    });
  const facets = async ({ where = [], range, names }) => {
    const all = [];
    for (const name of names) all.push(...top((await countsBy(name, seen(where.filter(({ column }) => column !== name), range))).counts));
    return all;
  };
  const rows = (config, place) => viewed(config, (view) => view.to_columns(place));

  return {
    n: come.numRows,
    filter: ({ where, range }) => count({ filter: seen(where, range) }),
    async histogram({ where, range, bins }) {
      const [from, to] = range;
      const { keys, counts, sum } = await countsBy("bin", seen(where, range), { bin: `floor(("time" - ${from}) * ${bins} / ${to - from})` });
      const all = new Array(bins + 1).fill(0);
      all[0] = sum;
      keys.forEach((key, at) => (all[key + 1] = counts[at]));
      return all;
    },
    facets,
    brush: facets,
    search({ text, range }) {
      const found = SEARCHED.map((name) => `match("${name}", '(?i)${text.replaceAll(/[.\\/]/g, "\\$&")}')`).join(" or ");
      return count({ filter: [...seen([], range), ["found", "==", true]], expressions: { found } });
    },
    async page({ range, first, count }) {
      const { time, target } = await rows({ columns: ["time", "target"], sort: [["target", "asc"], ["time", "desc"]], filter: seen([], range) }, { start_row: first, end_row: first + count });
      return time.map((at, n) => `${at} ${target[n]}`);
    },
    async history({ id }) {
      const { time, outcome } = await rows({ columns: ["time", "outcome", "action", "initiator"], sort: [["time", "asc"]], filter: [["targetId", "==", id]] });
      return historyOf(time.map((at, n) => ({ time: at, outcome: outcome[n] })));
    },
    close: () => events.delete(),
  };
}

// Mosaic over DuckDB-WASM: clients that are linked by one selection and asked again as a brush moves. It answers from
// tables summed up by pixel, which it makes when a brush begins; the brush here keeps to its pixels.
import { clauseInterval, Coordinator, makeClient, Selection, wasmConnector } from "@uwdata/mosaic-core";
import { count, Query } from "@uwdata/mosaic-sql";
import { top } from "./answers.js";
import { connection, fill } from "./duckdb.js";

/** Of the chart: the year's steps fall on pixels. */
const WIDTH = 1200;
const DOMAIN = [Date.UTC(2025, 10, 1), Date.UTC(2026, 10, 1)];

export async function open(pieces) {
  const { db, sql } = await connection();
  const n = await fill(sql, pieces);
  const coordinator = new Coordinator(wasmConnector({ duckdb: db, connection: sql }), { cache: false, logger: null });
  const selection = Selection.crossfilter();
  const source = {};
  let clients;
  let counts = {};
  let heard = () => {};

  const linked = (names) =>
    names.map((name) =>
      makeClient({
        coordinator,
        selection,
        query: (filter) => Query.from("events").select({ value: name, n: count() }).where(filter).groupby(name),
        queryResult: (data) => {
          counts[name] = data.toColumns().n;
          heard();
        },
        queryError: (error) => heard(error),
      }),
    );
  const all = (names) =>
    new Promise((done, failed) => {
      heard = (error) => (error ? failed(error) : names.every((name) => counts[name]) && done());
    });

  return {
    n,
    async brush({ range: [from, to], names }) {
      if (!clients) {
        const first = all(names);
        clients = linked(names);
        await first;
      }
      counts = {};
      const answered = all(names);
      const scale = { type: "linear", domain: DOMAIN, range: [0, WIDTH] };
      // Between includes its end.
      selection.update(clauseInterval("time", [from, to - 1], { source, scale, pixelSize: 1 }));
      await answered;
      return names.flatMap((name) => top(Array.from(counts[name], Number)));
    },
    async close() {
      await sql.close();
      await db.terminate();
    },
  };
}

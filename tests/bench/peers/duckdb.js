// DuckDB-WASM: SQL over a table sorted by time, in its own worker. Its JSON reader is an extension that is fetched from
// elsewhere at run time, so the events come through Arrow, which its documentation calls the fast way in.
import * as duckdb from "@duckdb/duckdb-wasm";
import { tableToIPC } from "apache-arrow";
import { tableOf } from "./arrow.js";
import { SEARCHED } from "./records.js";

/** Columns with few values; as ENUM they are grouped and compared by code. */
const ENUMS = ["action", "outcome", "severity", "reason", "credential", "initiator", "region", "account", "agent"];

export async function connection() {
  const worker = new Worker(new URL("../duckdb/duckdb-browser-eh.worker.js", import.meta.url));
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL("../duckdb/duckdb-eh.wasm", import.meta.url).href);
  return { db, sql: await db.connect() };
}

/** Reads the events into the table `events`. */
export async function fill(sql, pieces) {
  const table = await tableOf(pieces);
  await sql.insertArrowFromIPCStream(tableToIPC(table, "stream"), { name: "come", create: true });
  for (const name of ENUMS) await sql.query(`CREATE TYPE ${name}_words AS ENUM (SELECT DISTINCT ${name} FROM come)`);
  const columns = ENUMS.map((name) => `${name}::${name}_words AS ${name}`).join(", ");
  await sql.query(`CREATE TABLE events AS SELECT * REPLACE (${columns}) FROM come ORDER BY time`);
  await sql.query("DROP TABLE come");
  return table.numRows;
}

const text = (word) => `'${word.replaceAll("'", "''")}'`;

export async function open(pieces) {
  const { db, sql } = await connection();
  const n = await fill(sql, pieces);
  const rows = async (query) => (await sql.query(query)).toArray();
  const seen = (where = [], [from, to]) =>
    [`time >= ${from} AND time < ${to}`, ...where.map(({ column, values }) => `${column} IN (${values.map(text).join(", ")})`)].join(" AND ");
  const count = async (condition) => Number((await rows(`SELECT count(*) AS n FROM events WHERE ${condition}`))[0].n);

  /** How many values occur, then the counts of the ten most frequent. */
  const facet = async (name, condition) => {
    const found = await rows(`
      WITH counted AS (SELECT count(*)::INTEGER AS n FROM events WHERE ${condition} GROUP BY ${name})
      SELECT (SELECT count(*)::INTEGER FROM counted) AS n_values, n FROM counted ORDER BY n DESC LIMIT 10`);
    const counts = found.map(({ n }) => n);
    return [found[0]?.n_values ?? 0, ...counts, ...new Array(10 - counts.length).fill(0)];
  };
  const facets = async ({ where = [], range, names }) => {
    const all = [];
    for (const name of names) all.push(...(await facet(name, seen(where.filter(({ column }) => column !== name), range))));
    return all;
  };

  return {
    n,
    filter: ({ where, range }) => count(seen(where, range)),
    async histogram({ where, range, bins }) {
      const [from, to] = range;
      const found = await rows(`
        SELECT floor((time - ${from}) * ${bins} / ${to - from})::INTEGER AS bin,
          count(*)::INTEGER AS n FROM events WHERE ${seen(where, range)} GROUP BY ALL`);
      const counts = new Array(bins + 1).fill(0);
      for (const { bin, n } of found) {
        counts[bin + 1] += n;
        counts[0] += n;
      }
      return counts;
    },
    facets,
    brush: facets,
    search: ({ text: wanted, range }) =>
      count(`${seen([], range)} AND (${SEARCHED.map((name) => `contains(lower(${name}::VARCHAR), ${text(wanted.toLowerCase())})`).join(" OR ")})`),
    async page({ range, first, count }) {
      const found = await rows(`SELECT time, target FROM events WHERE ${seen([], range)} ORDER BY target, time DESC LIMIT ${count} OFFSET ${first}`);
      return found.map(({ time, target }) => `${time} ${target}`);
    },
    async history({ id }) {
      const found = await rows(`SELECT time, outcome::VARCHAR AS outcome, action::VARCHAR AS action, initiator::VARCHAR AS initiator FROM events WHERE targetId = ${text(id)} ORDER BY time`);
      return [found.length, found.filter(({ outcome }) => outcome === "failure").length, found[0].time, found.at(-1).time];
    },
    async close() {
      await sql.close();
      await db.terminate();
    },
  };
}

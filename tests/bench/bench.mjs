// The comparison: every work, ours beside each peer, in one run; writes RESULTS.md. `./dev bench` builds what it needs.
// `node bench.mjs [--quick] [--only=arrays,duckdb] [--events=N] [--no-app]`
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureApp } from "./run/app.mjs";
import { compareWith } from "./run/compare.mjs";
import { dataOf } from "./run/data.mjs";
import { measureGrowth } from "./run/growth.mjs";
import { machine } from "./run/machine.mjs";
import { BENCH, HERE } from "./run/places.mjs";
import { report } from "./run/report.mjs";
import { bundle, serve } from "./run/site.mjs";
import { measureWire } from "./run/wire.mjs";

const option = (name) => process.argv.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
const isQuick = process.argv.includes("--quick");
const plan = {
  isQuick,
  nEvents: Number(option("events") ?? (isQuick ? 100_000 : 1_000_000)),
  nIngested: isQuick ? 20_000 : 50_000,
  peers: option("only")?.split(",") ?? (isQuick ? ["arrays", "crossfilter", "duckdb"] : ["arrays", "crossfilter", "duckdb", "perspective", "arquero", "mosaic"]),
  /** Rows of the app's list; marks of its timeline. */
  scrolled: isQuick ? [100_000] : [1_000_000, 10_000_000],
  marks: isQuick ? [1_000, 10_000] : [1_000, 10_000, 100_000, 1_000_000],
  growth: isQuick ? [20_000, 100_000] : [100_000, 1_000_000, 10_000_000],
};

const began = Date.now();
export const say = (words) => console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)}s] ${words}`);

mkdirSync(BENCH, { recursive: true });
const results = { plan, machine: machine(), pairs: [] };
const site = await serve(await bundle());
try {
  const data = await dataOf(plan.nEvents);
  const little = await dataOf(plan.nIngested);
  for (const peer of plan.peers) results.pairs.push(await compareWith(peer, { site, data, little, plan, say }));
  if (!process.argv.includes("--no-app")) results.app = await measureApp({ site, data, plan, say });
  results.growth = await measureGrowth({ site, data: little, plan, say });
  results.wire = measureWire({ plan, say });
} finally {
  site.close();
}
results.machine.after = machine().load;
results.seconds = Math.round((Date.now() - began) / 1000);
const name = isQuick ? "quick" : "results";
writeFileSync(join(BENCH, `${name}.json`), JSON.stringify(results, null, 1));
const text = report(results, readFileSync(join(HERE, "why.md"), "utf8"));
writeFileSync(isQuick ? join(BENCH, "QUICK.md") : join(HERE, "RESULTS.md"), text);
console.log(text);

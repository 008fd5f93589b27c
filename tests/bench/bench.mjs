// The comparison: every work, ours beside each peer, in one run. `./dev bench` builds what it needs and starts it.
// `node bench.mjs [--quick | --check] [--only=arrays,duckdb] [--events=N] [--no-app]`: all of it into RESULTS.md; less of
// it, --quick, into the folder of what is made; --check only holds answers against each other and takes no time.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measureApp } from "./run/app.mjs";
import { compareWith } from "./run/compare.mjs";
import { dataOf } from "./run/data.mjs";
import { measureGrowth } from "./run/growth.mjs";
import { machine } from "./run/machine.mjs";
import { BENCH, HERE } from "./run/places.mjs";
import { planOf } from "./run/plan.mjs";
import { report } from "./run/report.mjs";
import { bundle, serve } from "./run/site.mjs";
import { measureWire } from "./run/wire.mjs";

const began = Date.now();
const seconds = () => Math.round((Date.now() - began) / 1000);
const say = (words) => console.log(`[${String(seconds()).padStart(4)}s] ${words}`);

mkdirSync(BENCH, { recursive: true });
const plan = planOf(process.argv.slice(2));
const results = { plan, machine: machine(), pairs: [] };
const site = await serve(await bundle());
const given = { site, plan, say, data: await dataOf(plan.nEvents), little: await dataOf(plan.nIngested) };

/** What is there so far: a run that ends early leaves a report too. */
function write() {
  results.seconds = seconds();
  results.machine.after = machine().load;
  const text = report(results, readFileSync(join(HERE, "why.md"), "utf8"));
  writeFileSync(join(BENCH, `${plan.name}.json`), JSON.stringify(results, null, 1));
  writeFileSync(plan.isWhole ? join(HERE, "RESULTS.md") : join(BENCH, `${plan.name}.md`), text);
  return text;
}

try {
  for (const peer of plan.peers) {
    results.pairs.push(await compareWith(peer, given));
    write();
  }
  if (!plan.isCheck) {
    results.growth = await measureGrowth({ ...given, data: given.little });
    results.wire = measureWire(given);
    write();
    if (plan.hasApp) await measureApp(given, (results.app = {}), write);
  }
} finally {
  site.close();
}
if (plan.isCheck) {
  const failed = results.pairs.flatMap(({ peer, load, works }) => [...works.filter(({ failed }) => failed).map(({ name }) => `${peer}: ${name}`), ...(load?.theirs?.failed ? [peer] : [])]);
  say(failed.length ? `other answers: ${failed.join(", ")}` : "all answers are equal");
  process.exitCode = failed.length ? 1 : 0;
} else {
  console.log(write());
}

// What a first visit downloads, in brotli, against the budget. `node wire_size.mjs DIST`
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** The one place the budget stands. Demo data are aside: a deployment has its own. The goal is 350 kB; this only holds
    what has been reached, and may only go down. */
const BUDGET_KB = 506;

const dist = process.argv[2] ?? "dist";
const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(7) + " kB";
let total = 0;
for (const name of readdirSync(dist).sort()) {
  const file = join(dist, name);
  if (!statSync(file).isFile()) continue;
  const size = brotliCompressSync(readFileSync(file), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  }).length;
  total += size;
  console.log(`${kb(size)}  ${name}`);
}
if (!existsSync(join(dist, "index.html")) || total === 0) {
  console.error(`${dist} holds no build`);
  process.exit(2);
}
console.log(`${kb(total)}  on the wire in brotli, of ${BUDGET_KB} kB`);
process.exit(total / 1000 > BUDGET_KB ? 1 : 0);

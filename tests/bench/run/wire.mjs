// What a first visit downloads in brotli: our build without the demo's data, beside it what of our program comes when
// somebody does something, and what each peer's page needs. Taken from
// this bench's own bundles, where a peer holds no more than is used here.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { BENCH, DIST } from "./places.mjs";

export function measureWire({ plan, say }) {
  say("bytes on the wire");
  const site = join(BENCH, "site");
  const files = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)).filter((file) => statSync(file).isFile()) : []);
  const sum = (list) => list.reduce((total, file) => total + compressed(file), 0);
  const isLater = (file) => file.endsWith("_rest.wasm");
  const wire = { lifeline: sum(files(DIST).filter((file) => !isLater(file))), later: sum(files(DIST).filter(isLater)) };
  for (const peer of [...plan.peers, ...(plan.isQuick ? [] : ["vis-timeline", "ag-grid"])]) {
    const engine = files(join(site, peer === "mosaic" ? "duckdb" : peer));
    wire[peer] = sum([join(site, "peers", `${peer}.js`), ...engine]);
  }
  return wire;
}

/** In bytes. Brotli's best takes a minute for the largest, so what was compressed once is remembered. */
function compressed(file) {
  const text = readFileSync(file);
  const known = join(BENCH, "brotli.json");
  const sizes = existsSync(known) ? JSON.parse(readFileSync(known, "utf8")) : {};
  const sum = createHash("sha256").update(text).digest("hex");
  if (!(sum in sizes)) {
    sizes[sum] = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
    writeFileSync(known, JSON.stringify(sizes));
  }
  return sizes[sum];
}

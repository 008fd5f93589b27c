// Where things lie: what is built and made by `./dev bench`, and what stands in the checkout.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = fileURLToPath(new URL("..", import.meta.url));
export const ROOT = resolve(HERE, "../..");
/** Everything made for a run: the engine, the site, the events. */
export const BENCH = resolve(process.env.LIFELINE_BENCH ?? join(ROOT, "target/bench"));
export const DIST = resolve(process.env.LIFELINE_DIST ?? join(ROOT, "dist"));
export const SERVE = resolve(process.env.LIFELINE_SERVE ?? join(ROOT, "target/debug/examples/serve"));
export const INSPECT = resolve(process.env.LIFELINE_INSPECT ?? join(ROOT, "target/release/examples/inspect"));
/** 126 MB of text in a gzip of 10.6 MB; see `design/` there. */
export const TRACE = resolve(process.env.LIFELINE_SHARED ?? join(ROOT, "../shared"), "data/azure-vm-trace/events-109k.ndjson.gz");

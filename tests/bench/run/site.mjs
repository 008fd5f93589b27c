// The page of the comparison with every peer bundled by itself, and a server for it. Isolated from other origins, so
// that a page's clock counts in 5 µs.
import { build } from "esbuild";
import { cpSync, createReadStream, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { BENCH, HERE } from "./places.mjs";

const MODULES = join(HERE, "node_modules");
/** Fetched at run time by the peers that name them. */
const FETCHED = {
  duckdb: ["@duckdb/duckdb-wasm/dist/duckdb-eh.wasm", "@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js"],
  perspective: ["@perspective-dev/server/dist/wasm/perspective-server.wasm", "@perspective-dev/client/dist/wasm/perspective-js.wasm"],
};
const SHARED = new Set(["answers.js", "arrow.js", "columns.js", "records.js"]);

/** Gives the folder. */
export async function bundle() {
  const site = join(BENCH, "site");
  rmSync(site, { recursive: true, force: true });
  mkdirSync(site, { recursive: true });
  cpSync(join(HERE, "page"), site, { recursive: true });
  cpSync(join(BENCH, "ours"), join(site, "ours"), { recursive: true });
  for (const [peer, files] of Object.entries(FETCHED)) {
    for (const file of files) cpSync(join(MODULES, file), join(site, peer, file.split("/").at(-1)));
  }
  const peers = readdirSync(join(HERE, "peers")).filter((name) => name.endsWith(".js") && !SHARED.has(name));
  await build({
    entryPoints: peers.map((name) => join(HERE, "peers", name)),
    outdir: join(site, "peers"),
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    external: ["../ours/*"],
    loader: { ".css": "text" },
    logLevel: "error",
  });
  return site;
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm" };

/** The site's files at `/`, the events at `/data/`. */
export async function serve(site) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
    const file = path.startsWith("/data/") ? join(BENCH, path) : join(site, path === "/" ? "index.html" : path);
    let size;
    try {
      size = statSync(file).size;
    } catch {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
      "Content-Length": size,
      "Cache-Control": "no-store",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    });
    createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

#!/usr/bin/env bash
# Trunk's post_build hook. Trunk doesn't hash the worker's files, and a host that caches them would pair an old worker
# with a new page: they are renamed by their content here, and the name is written into the page.
set -euo pipefail
cd "$TRUNK_STAGING_DIR"

sha() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
# rewrite FILE FROM TO: replaces text that must be there.
rewrite() {
  grep -qF -- "$2" "$1" || { echo "post_build: $1 has no $2: has Trunk or wasm-bindgen changed its output?" >&2; exit 1; }
  sed "s|$2|$3|g" "$1" >"$1.new"
  mv "$1.new" "$1"
}

hash=$(cat worker.js worker_bg.wasm | sha | cut -c1-16)
rewrite worker.js worker_bg.wasm "worker-${hash}_bg.wasm"
rewrite worker_loader.js ./worker.js "./worker-$hash.js"
rewrite index.html ./worker_loader.js "./worker-${hash}_loader.js"
mv worker.js "worker-$hash.js"
mv worker_bg.wasm "worker-${hash}_bg.wasm"
mv worker_loader.js "worker-${hash}_loader.js"

# Chromium ignores, and warns of, integrity on a preload that isn't a script or a style.
sed 's| integrity="[^"]*" as="fetch"| as="fetch"|' index.html >index.html.new
mv index.html.new index.html

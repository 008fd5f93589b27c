# Builds the page with Trunk, and the demo's data beside it. Sourced by ./dev.
# shellcheck shell=bash

sha() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# The build's name: what it was made from. It stays the same until a source changes, so nothing is built twice.
sources_hash() {
  find src columns crossing markup reading style index.html Trunk.toml Cargo.toml Cargo.lock .cargo scripts/*_build.sh scripts/split.mjs scripts/rare.txt -type f -print0 |
    LC_ALL=C sort -z | xargs -0 cat | sha | cut -c1-12
}

tools_for_building() {
  mkdir -p "$TOOLS"
  exec 9>"$TOOLS/lock" # two checkouts may start at once
  if command -v flock >/dev/null && ! flock -n 9; then say "waiting for another ./dev to finish installing"; flock 9; fi
  need_rust
  need_wasm_bindgen
  need_trunk
  need_wasm_opt || true
  exec 9>&-
}

# A panic names its source file. The builder's own folders say nothing to anybody, and cost letters.
paths_left_out() {
  local folder
  for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/ "$TOOLS/"; do
    case $folder in *[[:space:]*]*) ;; *) printf ' --remap-path-prefix=%s=' "$folder" ;; esac
  done
}

# build_page PROFILE OUT: PROFILE is release or debug. Does nothing where OUT already holds this build.
build_page() {
  local profile=$1 out=$2 hash stamp flags=() log
  hash=$(sources_hash)
  stamp="$profile $hash $(command -v wasm-opt) ${LIFELINE_NAMES:-}"
  if [ -f "$out/index.html" ] && [ "$(cat "$TARGET/page-$profile.stamp" 2>/dev/null)" = "$stamp $out" ]; then
    say "$out is up to date"
    return
  fi
  mkdir -p "$TARGET"
  rm -f "$TARGET/page-$profile.stamp"
  say "fetching crates"
  # For the host too: macros and build scripts run there, and Trunk builds offline.
  cargo fetch --quiet --locked --target "$WASM_TRIPLE" --target "$(rustc -vV | sed -n 's/^host: //p')"
  if [ "$profile" = release ]; then
    flags=(--release)
    # Added to the flags of .cargo/config.toml.
    # Names with all their types: split.mjs goes by them.
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Csymbol-mangling-version=v0$(paths_left_out)"
  fi
  say "trunk build ${flags[*]:-} (the first one takes minutes)"
  LIFELINE_BUILD="$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)+$hash" NO_COLOR=true \
    trunk --log warn build "${flags[@]+"${flags[@]}"}" --dist "$out"
  unset CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS
  echo "$stamp $out" >"$TARGET/page-$profile.stamp"
  say "built $out"
}

# The demo account: made by a program from a seed, kept until that program changes.
build_demo() {
  local out=$1 made=$TARGET/demo generator stamp
  [ -f examples/demo.rs ] || [ -f examples/demo/main.rs ] || return 0
  cargo build --quiet --example demo
  generator=$TARGET/debug/examples/demo
  stamp=$(sha <"$generator")
  if [ ! -d "$made" ] || [ "$(cat "$TARGET/demo.stamp" 2>/dev/null)" != "$stamp" ]; then
    say "making the demo account"
    rm -rf "$made" "$made.new"
    "$generator" "$made.new"
    mv "$made.new" "$made"
    echo "$stamp" >"$TARGET/demo.stamp"
  fi
  rm -rf "$out/demo"
  cp -R "$made" "$out/demo"
  rm "$out/demo/truth.json" # for tests, which read it where it was made
}

# config.json beside the page is the deployer's; the build brings one that opens the demo.
place_config() {
  [ ! -d "$1/demo" ] || cp deploy/config.json "$1/config.json"
}

build() {
  local profile=release out=dist
  while [ $# -gt 0 ]; do
    case $1 in
      --debug) profile=debug ;;
      --out) out=${2:?--out needs a folder}; shift ;;
      *) die "./dev build: $1 is no option" ;;
    esac
    shift
  done
  tools_for_building
  build_all "$profile" "$out"
  [ "$profile" = debug ] || ! has_node || node scripts/wire_size.mjs "$out"
}

build_all() {
  build_page "$1" "$2"
  build_demo "$2"
  place_config "$2"
}

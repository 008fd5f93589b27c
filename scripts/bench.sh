# ./dev bench: how fast Lifeline is beside its peers in one browser, or natively by itself. Sourced by ./dev.
# shellcheck shell=bash

bench() {
  local is_native="" options=()
  for option; do
    case $option in
      --native) is_native=1 ;;
      --quick | --no-app | --only=* | --events=*) options+=("$option") ;;
      *) die "./dev bench: $option is no option" ;;
    esac
  done
  if [ -n "$is_native" ]; then native_bench "${options[@]+"${options[@]}"}"; else compare "${options[@]+"${options[@]}"}"; fi
}

native_bench() {
  local events=1000000
  [ $# = 0 ] || events=100000
  need_rust
  say "reading $events made-up events, then asking; compare runs of one machine only"
  LIFELINE_BENCH_EVENTS=$events cargo bench --locked --bench engine
}

# Builds all that is measured, then lets tests/bench/bench.mjs measure it and write tests/bench/RESULTS.md.
compare() {
  tools_for_building
  need_browser
  need_node_modules tests/bench "the peers"
  build_all release dist
  build_ours
  cargo build --quiet --locked --release --example inspect
  cargo build --quiet --locked --example serve
  LIFELINE_SERVE=$TARGET/debug/examples/serve LIFELINE_INSPECT=$TARGET/release/examples/inspect \
    LIFELINE_DIST=$ROOT/dist LIFELINE_BENCH=$TARGET/bench node tests/bench/bench.mjs "$@"
}

# Holds the engine's answers against the peers', over few events and without taking times.
check_answers() {
  need_node_modules tests/bench "the peers" && build_ours && LIFELINE_BENCH=$TARGET/bench node tests/bench/bench.mjs --check
}

# The library's engine for a page, with the profile that index.html names and the options of split.mjs.
build_ours() {
  local out=$TARGET/bench/ours
  say "building the engine by itself"
  cargo build --quiet --locked --profile release-app --target "$WASM_TRIPLE" --package bench-ours
  wasm-bindgen --target web --out-dir "$out" "$TARGET/$WASM_TRIPLE/release-app/bench_ours.wasm"
  node scripts/split.mjs "$out/bench_ours_bg.wasm"
}

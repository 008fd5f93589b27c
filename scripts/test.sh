# ./dev test: everything that CI runs, and a count at the end. Sourced by ./dev.
# shellcheck shell=bash

PASSED=0 FAILED=0 BROKEN=""

# suite NAME COUNT COMMAND…: runs a suite, shows it, and adds up its tests. COUNT prints "passed failed" from the log on
# its input; a suite that fails without a failed test counts as one failure.
suite() {
  local name=$1 count=$2 log=$TARGET/suite.log status=0 began=$SECONDS passed failed; shift 2
  say "== $name"
  { "$@" 2>&1 | tee "$log"; } || status=1
  read -r passed failed < <($count <"$log")
  [ "$status" = 0 ] || [ "$failed" != 0 ] || failed=1
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
  [ "$failed" = 0 ] || BROKEN="$BROKEN  $name"$'\n'
  say "== $name: $passed passed, $failed failed, $((SECONDS - began)) s"
}

count_one() { cat >/dev/null; [ "$status" = 0 ] && echo "1 0" || echo "0 1"; }
# Cargo and the wasm runner both print: test result: ok. 12 passed; 0 failed; …
count_cargo() {
  sed -n 's/.*test result: .* \([0-9]*\) passed; \([0-9]*\) failed;.*/\1 \2/p' | awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }'
}
count_playwright() {
  cat >/dev/null
  node -e 'try { const { stats: s } = JSON.parse(require("fs").readFileSync("tests/e2e/results/report.json")); console.log(s.expected, s.unexpected + s.flaky) } catch { console.log(0, 1) }'
}

tools_for_testing() {
  tools_for_building
  need_browser
  need_node_modules tests/e2e "Playwright and axe"
}

run_tests() {
  local full=""
  case ${1:-} in "") ;; --full) full=1 ;; *) die "./dev test: $1 is no option" ;; esac
  tools_for_testing
  mkdir -p "$TARGET"
  if [ -n "$full" ]; then export LIFELINE_FULL=1 PROPTEST_CASES=${PROPTEST_CASES:-4096}; fi
  [ -d "${LIFELINE_SHARED:-../shared}/data" ] || say "no ${LIFELINE_SHARED:-../shared}/data here: tests over real records are skipped and say so"

  suite "format" count_one cargo fmt --all --check
  suite "lints, host" count_one cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  suite "lints, wasm" count_one lint_wasm
  suite "library" count_cargo cargo_tests
  suite "wasm in a browser" count_cargo wasm_tests
  suite "release build within its budget" count_one release_build
  suite "browser, release build" count_playwright browser_tests
  if [ -n "$full" ]; then
    . scripts/bench.sh
    suite "answers beside the peers" count_one check_answers
  fi

  printf '\n%s' "${BROKEN:+failed suites:
$BROKEN}"
  say "done"
  echo "$PASSED passed, $FAILED failed"
  [ "$FAILED" = 0 ] || exit 1
}

lint_wasm() {
  cargo clippy --quiet --locked --target "$WASM_TRIPLE" --features app --bin app --test wasm --test dom --test signals -- -D warnings
}

cargo_tests() {
  local ignored=()
  [ -z "${LIFELINE_FULL:-}" ] || ignored=(-- --include-ignored)
  cargo test --locked --workspace --no-fail-fast "${ignored[@]+"${ignored[@]}"}"
}

wasm_tests() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$ROOT/scripts/wasm_test_runner.sh CHROMEDRIVER=/usr/bin/chromedriver \
    WASM_BINDGEN_TEST_TIMEOUT=120 cargo test --locked --no-fail-fast --target "$WASM_TRIPLE" --features app --test wasm --test dom --test signals
}

release_build() {
  build_all release dist && node scripts/wire_size.mjs dist
}

# Specs read these to find the build, its server and the command-line reader.
browser_tests() {
  cargo build --quiet --locked --example serve || return 1
  export LIFELINE_SERVE=$TARGET/debug/examples/serve LIFELINE_DIST=$ROOT/dist LIFELINE_DEMO=$TARGET/demo
  if [ -f examples/inspect.rs ] || [ -f examples/inspect/main.rs ]; then
    cargo build --quiet --locked --release --example inspect || return 1
    export LIFELINE_INSPECT=$TARGET/release/examples/inspect
  fi
  rm -f tests/e2e/results/report.json
  (cd tests/e2e && npx tsc -p . && npx playwright test)
}

take_shots() {
  tools_for_testing
  build_all release dist
  cargo build --quiet --example serve
  say "taking pictures into shots/"
  export LIFELINE_SERVE=$TARGET/debug/examples/serve LIFELINE_DIST=$ROOT/dist
  (cd tests/e2e && npx playwright test --config shots.config.ts "$@")
}

# ./dev bench: how long the library takes on this machine. Sourced by ./dev.
# shellcheck shell=bash

bench() {
  local events=1000000
  case ${1:-} in "") ;; --quick) events=100000 ;; *) die "./dev bench: $1 is no option" ;; esac
  need_rust
  say "reading $events made-up events, then asking; compare runs of one machine only"
  LIFELINE_BENCH_EVENTS=$events cargo bench --locked --bench engine
}

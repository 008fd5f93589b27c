# ./dev serve: builds, serves, and builds again when a source changes. Sourced by ./dev.
# shellcheck shell=bash

serve() {
  local profile=release out=dist open="" once="" options=() server address
  while [ $# -gt 0 ]; do
    case $1 in
      --debug) profile=debug out=dist-debug ;;
      --open) open=1 ;;
      --once) once=1 ;;
      --port | --prefix) options+=("$1" "${2:?$1 needs a value}"); shift ;;
      *) die "./dev serve: $1 is no option" ;;
    esac
    shift
  done
  tools_for_building
  build_all "$profile" "$out"
  say "building the server"
  cargo build --quiet --example serve

  address=$(mktemp "${TMPDIR:-/tmp}/lifeline-address.XXXXXX")
  "$TARGET/debug/examples/serve" --dir "$out" "${options[@]+"${options[@]}"}" >"$address" &
  server=$!
  # shellcheck disable=SC2064
  trap "kill $server 2>/dev/null; rm -f '$address'" EXIT
  until [ -s "$address" ]; do kill -0 "$server" || exit 1; sleep 0.1; done
  say "Lifeline is at $(cat "$address")   (Ctrl+C ends it)"
  [ -z "$open" ] || open_browser "$(cat "$address")"
  if [ -n "$once" ]; then wait "$server"; else watch_sources "$profile" "$out"; fi
}

open_browser() {
  local opener
  for opener in xdg-open open wslview; do
    if command -v "$opener" >/dev/null; then "$opener" "$1" >/dev/null 2>&1 || true; return; fi
  done
  say "found no way to open a browser here"
}

watch_sources() {
  local profile=$1 out=$2 seen=$TARGET/watched
  touch "$seen"
  while sleep 1; do
    [ -n "$(find src columns markup reading style examples deploy index.html Trunk.toml Cargo.toml -newer "$seen" -type f -print -quit)" ] || continue
    touch "$seen"
    say "a source changed"
    if (build_all "$profile" "$out"); then say "built; reload the page"; else say "the build failed; the page is still the last one"; fi
  done
}

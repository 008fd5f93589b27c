#!/usr/bin/env bash
# Trunk's pre_build hook: joins the style sheets, in the order tokens, base, the rest by name, so that the page asks for
# one file and a new sheet needs no line in index.html. print.css is a file of its own, for who prints. A release goes
# without their comments, 2 kB in brotli.
set -euo pipefail
mkdir -p .build
{
  for sheet in style/tokens.css style/base.css; do [ ! -f "$sheet" ] || cat "$sheet"; done
  find style -name '*.css' ! -path style/tokens.css ! -path style/base.css ! -path style/print.css | LC_ALL=C sort | while read -r sheet; do cat "$sheet"; done
} >.build/lifeline.css.new
if [ "${TRUNK_PROFILE:-}" = release ] && command -v perl >/dev/null; then
  perl -0pi -we 's{/\*.*?\*/\n?}{}sg; s/^\s+//mg' .build/lifeline.css.new
fi
cmp -s .build/lifeline.css.new .build/lifeline.css && rm .build/lifeline.css.new || mv .build/lifeline.css.new .build/lifeline.css

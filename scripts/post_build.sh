#!/usr/bin/env bash
# Trunk's post_build hook, in the folder of the new build. Where a tool is missing, the build is only larger.
set -euo pipefail
cd "$TRUNK_STAGING_DIR"

replace() { sed "$1" index.html >index.html.new && mv index.html.new index.html; }

# The page asks for it when it prints (src/app/pictures/print.rs).
cp "$TRUNK_SOURCE_DIR/style/print.css" print.css

# Chromium ignores, and warns of, integrity on a preload that isn't a script or a style.
replace 's| integrity="[^"]*" as="fetch"| as="fetch"|'

# The program and its script call each other's functions by long names with a hash: 6 kB in brotli of what a visit
# downloads. Here each gets a short one, filled up to the same length, so that nothing in the program moves.
shorten_names() {
  perl -we '
    my ($js, $wasm) = @ARGV;
    my (%text, %short);
    for my $file ($js, $wasm) { open my $in, "<:raw", $file or die $!; local $/; $text{$file} = <$in> }
    $text{$js} =~ s{^\s*/\*\*.*?\*/\n}{}msg; # what the types of arguments are
    $text{$js} =~ s/^ +//mg;
    my $name = qr/\b(?:__wb|wasm_bindgen__)\w+_h?[0-9a-f]{16}(?:_\d+)?\b/;
    my @names = do { my %seen; sort grep { !$seen{$_}++ } $text{$js} =~ /$name/g };
    for my $n (0 .. $#names) { $short{$names[$n]} = sprintf("_%x", $n) . "_" x (length($names[$n]) - length(sprintf("_%x", $n))) }
    my $any = join "|", sort { length $b <=> length $a } @names or exit;
    for my $file ($js, $wasm) {
      $text{$file} =~ s/($any)/$short{$1}/g;
      open my $out, ">:raw", $file or die $!;
      print $out $text{$file};
    }' "$@"
}

# What no first visit runs goes to a file of its own (split.mjs); the page is told where it lies.
split_program() {
  local program=$1 rest=${1%_bg.wasm}_rest.wasm
  node "$TRUNK_SOURCE_DIR/scripts/split.mjs" "$program" "$TRUNK_SOURCE_DIR/scripts/rare.txt" "$rest"
  replace "s|<meta name=\"lifeline-wasm\"|<meta name=\"lifeline-rest\" content=\"./$rest\">&|"
}

integrity() {
  local sum
  sum=$(if command -v sha384sum >/dev/null; then sha384sum "$1"; else shasum -a 384 "$1"; fi)
  perl -we 'print pack("H*", $ARGV[0])' "${sum%% *}" | base64 | tr -d '\n'
}

if [ "$TRUNK_PROFILE" = release ] && command -v node >/dev/null && command -v wasm-dis >/dev/null && command -v wasm-as >/dev/null; then
  split_program "$(echo app-*_bg.wasm)"
fi

if [ "$TRUNK_PROFILE" = release ] && command -v perl >/dev/null; then
  js=$(echo app-*.js)
  stated=$(integrity "$js")
  shorten_names "$js" app-*_bg.wasm
  replace "s|sha384-$stated|sha384-$(integrity "$js")|"
fi

# Finds what Lifeline is built with, or installs it at a pinned version in a folder of its own. Sourced by ./dev.
#
# Refuses to touch anything else: no global cargo bin, no rustup default. Only system packages go through apt, where
# that is allowed; elsewhere the one command to run is printed. A step that is done leaves its result under a name with
# its version in it, so a second run only looks.
# shellcheck shell=bash

TRUNK_VERSION=0.21.14    # 0.22 asks for a newer rustc than ordinary rustup and Debian have
BINARYEN_VERSION=132.0.0 # Debian's own (108) makes output that fails at run time
WASM_BINDGEN_VERSION=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/.*= "|"$/, ""); print }' "$ROOT/Cargo.lock")
RUST_VERSION=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$ROOT/Cargo.toml") # the oldest that will do

TOOLS=${LIFELINE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/lifeline}
TRUNK_HOME=$TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_HOME=$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
BINARYEN_HOME=$TOOLS/binaryen-$BINARYEN_VERSION
HOST_TRIPLE=x86_64-unknown-linux-gnu # of the Debian toolchain; rustup knows its own
WASM_TRIPLE=wasm32-unknown-unknown

STARTED=$SECONDS
say() { printf '[%4ds] %s\n' $((SECONDS - STARTED)) "$*"; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }

# quietly WHAT COMMAND…: runs it, shows its output only where it fails.
quietly() {
  local what=$1 log status=0; shift
  log=$(mktemp "${TMPDIR:-/tmp}/lifeline-log.XXXXXX")
  "$@" >"$log" 2>&1 </dev/null || status=$?
  [ "$status" = 0 ] || { tail -n 60 "$log" >&2; printf '%s failed (see above).\n' "$what" >&2; }
  rm -f "$log"
  return "$status"
}

# ---- system packages

has_package() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

apt_updated=
apt_root() { # how apt may be called: as root, by passwordless sudo, or not at all
  if [ "$(id -u)" = 0 ]; then echo env
  elif sudo -n true 2>/dev/null; then echo "sudo -n env"
  fi
}

apt_update() {
  [ -z "$apt_updated" ] || return 0
  local as; as=$(apt_root)
  [ -z "$as" ] || { say "apt: reading the lists of packages"; quietly "apt-get update" $as apt-get update -qq || true; }
  apt_updated=1
}

# apt_install PACKAGE…: installs those that are missing.
apt_install() {
  local missing="" package as
  command -v apt-get >/dev/null || die "These are missing and this system has no apt; install them by its own means: $*"
  for package; do has_package "$package" || missing="$missing $package"; done
  [ -n "$missing" ] || return 0
  as=$(apt_root)
  [ -n "$as" ] || die "System packages are missing. Run this once, then the same ./dev command again:

  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
  apt_update
  say "apt: installing$missing"
  # shellcheck disable=SC2086
  quietly "apt-get install" $as DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}

# ---- Rust: one toolchain for host and wasm

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
rustc_version() { "${1:-rustc}" -V 2>/dev/null | cut -d' ' -f2; }
has_wasm_std() { ls "$1/lib/rustlib/$WASM_TRIPLE/lib"/libcore-*.rlib >/dev/null 2>&1; }

need_rust() {
  command -v cargo >/dev/null || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  command -v cc >/dev/null || apt_install gcc libc6-dev
  # LIFELINE_RUST=debian takes the closed-network way where the ordinary one would do: to try it.
  if [ "${LIFELINE_RUST:-}" != debian ]; then
    if at_least "$RUST_VERSION" "$(rustc_version)" && has_wasm_std "$(rustc --print sysroot)"; then return; fi
    if [ ! -x "$TOOLS/rust/bin/rustc" ]; then
      command -v cargo >/dev/null || die "Rust is missing. Install rustup (https://rustup.rs), then run the same ./dev command again."
      if ordinary_rust; then return; fi
      say "rustup can't give $WASM_TRIPLE here; taking the closed-network way (about 4 minutes, once)"
    fi
  fi
  [ -x "$TOOLS/rust/bin/rustc" ] || need_debian_rust
  use_debian_rust
}

# The ordinary way: rustup. False where it can't reach its server.
ordinary_rust() {
  if ! at_least "$RUST_VERSION" "$(rustc_version)"; then
    command -v rustup >/dev/null || return 1
    if ! rustup which --toolchain "$RUST_VERSION" rustc >/dev/null 2>&1; then
      say "rustc $(rustc_version) is older than $RUST_VERSION: installing Rust $RUST_VERSION beside it"
      timeout 600 rustup toolchain install "$RUST_VERSION" --profile minimal -c clippy -c rustfmt >/dev/null 2>&1 </dev/null || return 1
    fi
    export RUSTUP_TOOLCHAIN=$RUST_VERSION
    if has_wasm_std "$(rustc --print sysroot)"; then return; fi
  fi
  command -v rustup >/dev/null || return 1
  say "rustup target add $WASM_TRIPLE"
  timeout 300 rustup target add "$WASM_TRIPLE" >/dev/null 2>&1 </dev/null || return 1
  has_wasm_std "$(rustc --print sysroot)"
}

use_debian_rust() { # by PATH alone: rustup's own settings stay as they are
  PATH=$(cd "$TOOLS/rust" && pwd -P)/bin:$PATH
  unset RUSTUP_TOOLCHAIN
}

# Debian's rustc-web family has a wasm back end and matching sources. It is unpacked, not installed, because it would
# replace the rustc in /usr/bin; the wasm standard library is built from those sources once.
need_debian_rust() {
  local std llvm libraries work new package
  apt_update
  std=$(apt-cache depends libstd-rust-web-dev 2>/dev/null | grep -om1 'libstd-rust-web-[0-9][0-9.]*') ||
    die "Neither rustup nor apt offers a compiler for $WASM_TRIPLE. With a network rustup can reach, run: rustup target add $WASM_TRIPLE"
  llvm=$(apt-cache depends "$std" | grep -om1 'libllvm[0-9]*' | tr -dc 0-9)
  libraries=$(apt-cache show --no-all-versions rustc-web cargo-web "$std" | sed -n 's/^Depends: //p' | tr ',' '\n' |
    sed -E 's/^ *//; s/[ (|].*//' | grep '^lib' | grep -vE 'rust|-dev' | sort -u)
  # shellcheck disable=SC2086
  apt_install $libraries "lld-$llvm" patchelf gcc libc6-dev
  work=$TOOLS/rust.work; new=$TOOLS/rust.new
  rm -rf "$work" "$new"
  mkdir -p "$work/deb" "$work/x" "$new/bin" "$new/lib/rustlib/src/rust" "$new/lib/rustlib/$HOST_TRIPLE/bin"
  say "unpacking Debian's wasm compiler"
  (cd "$work/deb" && quietly "apt-get download" apt-get download -qq \
    rustc-web cargo-web rust-web-src libstd-rust-web-dev "$std" rust-web-clippy rustfmt-web)
  for package in "$work"/deb/*.deb; do dpkg -x "$package" "$work/x"; done
  cp -a "$work"/x/usr/bin/{rustc,rustdoc,cargo,cargo-clippy,clippy-driver,rustfmt,cargo-fmt} "$new/bin/"
  cp -a "$work"/x/usr/lib/*/librustc_driver-*.so "$new/lib/"
  cp -a "$work/x/usr/lib/rustlib/$HOST_TRIPLE" "$new/lib/rustlib/"
  cp -a "$work"/x/usr/src/rustc-*/library "$new/lib/rustlib/src/rust/"
  ln -sf "/usr/lib/llvm-$llvm/bin/lld" "$new/lib/rustlib/$HOST_TRIPLE/bin/rust-lld"
  # shellcheck disable=SC2016
  for package in "$new"/bin/*; do patchelf --set-rpath '$ORIGIN/../lib' "$package"; done
  build_wasm_std "$new" "$work/std"
  rm -rf "$work" "$TOOLS/rust"
  mv "$new" "$TOOLS/rust"
  say "$("$TOOLS/rust/bin/rustc" -V), for host and wasm"
}

# Built with the one flag that matters of Rust's own releases: bitcode, which link-time optimisation needs. Afterwards
# no build asks for anything unstable.
build_wasm_std() {
  local prefix=$1 work=$2
  say "building the standard library for $WASM_TRIPLE (about 2 minutes, once)"
  mkdir -p "$work/src" "$prefix/lib/rustlib/$WASM_TRIPLE/lib"
  echo '#![no_std]' >"$work/src/lib.rs"
  printf '[package]\nname = "std-builder"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\ncodegen-units = 1\n' >"$work/Cargo.toml"
  (cd "$work" && RUSTC_BOOTSTRAP=1 RUSTC=$prefix/bin/rustc RUSTFLAGS=-Cembed-bitcode=yes \
    quietly "building the standard library" "$prefix/bin/cargo" build --release --target "$WASM_TRIPLE" \
    --target-dir "$work/target" -Z build-std=std,panic_abort,panic_unwind,proc_macro,test)
  cp "$work/target/$WASM_TRIPLE/release/deps"/lib*.rlib "$prefix/lib/rustlib/$WASM_TRIPLE/lib/"
  rm -f "$prefix/lib/rustlib/$WASM_TRIPLE/lib"/libstd_builder-*
}

# ---- Trunk, wasm-bindgen, wasm-opt

# cargo_tool HOME CRATE VERSION: installs a tool into HOME, with a light profile: it runs for seconds, so the
# time to build it is what counts. Its own lock file can fail on a registry that lags, then it is resolved afresh.
cargo_tool() {
  local home=$1 crate=$2 version=$3
  rm -rf "$home.new"
  cargo_install --locked 2>/dev/null || cargo_install
  rm -rf "$home.work" "$home"
  mv "$home.new" "$home"
}

cargo_install() { # reads cargo_tool's variables
  (cd "$TOOLS" && CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_STRIP=true \
    CARGO_TARGET_DIR=$home.work quietly "installing $crate $version" \
    cargo install "$crate" --version "$version" --no-default-features --root "$home.new" "$@")
}

need_wasm_bindgen() {
  if [ ! -x "$WASM_BINDGEN_HOME/bin/wasm-bindgen-test-runner" ]; then
    say "building wasm-bindgen $WASM_BINDGEN_VERSION (about half a minute, once)"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo_tool "$WASM_BINDGEN_HOME" wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
  fi
  PATH=$WASM_BINDGEN_HOME/bin:$PATH
}

need_trunk() {
  if [ ! -x "$TRUNK_HOME/bin/trunk" ]; then
    say "building Trunk $TRUNK_VERSION (about 3 minutes, once)"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo_tool "$TRUNK_HOME" trunk "$TRUNK_VERSION"
  fi
  PATH=$TRUNK_HOME/bin:$PATH
}

has_node() { command -v node >/dev/null && command -v npm >/dev/null; }

# False, with a word, where there is no Node: a page without it works and is larger.
need_wasm_opt() {
  if [ ! -x "$BINARYEN_HOME/node_modules/.bin/wasm-opt" ]; then
    has_node || { say "no Node here: building without wasm-opt, the page is larger and works"; return 1; }
    say "installing wasm-opt $BINARYEN_VERSION"
    rm -rf "$BINARYEN_HOME.new"
    quietly "installing binaryen" npm install --loglevel=error --no-audit --no-fund \
      --prefix "$BINARYEN_HOME.new" "binaryen@$BINARYEN_VERSION" || return 1
    mv "$BINARYEN_HOME.new" "$BINARYEN_HOME"
  fi
  PATH=$BINARYEN_HOME/node_modules/.bin:$PATH
}

# ---- for tests

need_browser() {
  [ -x /usr/bin/chromium ] && [ -x /usr/bin/chromedriver ] || apt_install chromium chromium-driver
}

# need_node_modules FOLDER WHAT: from the lock file.
need_node_modules() {
  has_node || die "Tests need Node 20 or newer (https://nodejs.org)."
  local folder=$1 what=$2 lock stamp
  lock=$(cat $folder/package-lock.json)
  stamp=$folder/node_modules/.lock-installed
  [ "$(cat $stamp 2>/dev/null)" != "$lock" ] || return 0
  say "npm: installing $what"
  (cd $folder && quietly "npm ci" npm ci --loglevel=error --no-audit --no-fund)
  echo "$lock" >$stamp
}

#!/usr/bin/env bash
# Cargo's runner for wasm tests: from tests/, where webdriver.json says how the browser starts.
set -euo pipefail
program=$(realpath "$1"); shift
cd "$(dirname "${BASH_SOURCE[0]}")/../tests"
exec wasm-bindgen-test-runner "$program" "$@"

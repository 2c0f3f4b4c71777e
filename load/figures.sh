#!/usr/bin/env bash
# Makes every figure that README.md and docs/load.md show, on SQLite and on PostgreSQL, in some ten minutes, and writes them with their reports into a folder:
#   bash load/figures.sh [DIR]
# Nothing else should run on the machine. The reports are in DIR/STORE/SCENARIO; DIR/figures.txt has them all in one. Exit code 1 where a limit failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-artifacts/load/figures}
. load/build.sh
mkdir -p "$out"
begun=$SECONDS

run() { # STORE SCENARIO [options]
  local store=$1 scenario=$2; shift 2
  echo "=== $scenario on $store"
  "$driver" "$scenario" --store "$store" --out "$out/$store/$scenario" "$@" || { echo "FAILED: $scenario on $store"; }
  echo
}

{
  date -u '+%Y-%m-%d %H:%M UTC'
  git log -1 --format='%h %s' 2>/dev/null
  for store in sqlite postgresql; do
    run "$store" throughput --seconds 40 --rest 10
    run "$store" warning --seconds 15
    run "$store" unary --seconds 15
    run "$store" single-messages --seconds 15
    run "$store" small-partners --seconds 15
    run "$store" all-countries --seconds 15
    run "$store" mixed --seconds 20
    run "$store" storm --seconds 20
  done
  run sqlite surge
  run sqlite capacity --seconds 40
  echo "=== beside others"
  "$driver" compare --seconds 10 --out "$out/compare" || echo "FAILED: compare"
} 2>&1 | tee "$out/figures.txt"
echo "figures: $((SECONDS - begun)) s; $out/figures.txt"
! grep -q '^FAILED: ' "$out/figures.txt"

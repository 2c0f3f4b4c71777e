#!/usr/bin/env bash
# Makes the figures that README.md and docs/load.md show, on SQLite and on PostgreSQL, in some ten minutes, and writes them with their reports into a folder:
#   bash load/figures.sh [DIR]
# Nothing else should run on the machine. DIR/figures.txt has all of it; DIR/*/*/report.html are the pages. Exit code 1 where a limit failed, which it names.
# One silo, two and three are measured by load/silos.sh, in some five minutes more.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-artifacts/load/figures}
. load/build.sh
if [ -z "${LOAD_NO_BUILD:-}" ]; then
  built=$(dotnet build load/Benchmarks -c Release -v quiet -nologo -clp:NoSummary 2>&1) || { echo "$built" >&2; exit 2; }
fi
mkdir -p "$out"
begun=$SECONDS

run() { # STORE SCENARIO [options]
  local store=$1 scenario=$2; shift 2
  echo "=== $scenario on $store"
  "$driver" "$scenario" --store "$store" --out "$out/$store/$scenario" "$@" || echo "FAILED: $scenario on $store"
  echo
}

{
  date -u '+%Y-%m-%d %H:%M UTC'
  git log -1 --format='%h %s' 2>/dev/null
  echo "=== where the time of intake goes"
  dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll stages || echo "FAILED: stages"
  echo "=== beside a bare echo, PostgreSQL alone and Prometheus: throughput, unary calls, single messages, the way of a warning"
  "$driver" compare --seconds 10 --out "$out/compare" || echo "FAILED: compare"
  for store in sqlite postgresql; do
    for scenario in throughput unary single-messages warning; do
      echo "=== $scenario on $store"
      cat "$out/compare/$scenario-$store/report.txt"
      ! grep '^FAILS' "$out/compare/$scenario-$store/report.txt" >/dev/null || echo "FAILED: $scenario on $store"
      echo
    done
    run "$store" small-partners --seconds 10
    run "$store" all-countries --seconds 10
    run "$store" mixed --seconds 15
    run "$store" storm --seconds 15
  done
  run sqlite surge --seconds 25
  run sqlite capacity --seconds 30
} 2>&1 | tee "$out/figures.txt"
echo "figures: $((SECONDS - begun)) s; $out/figures.txt"
! grep '^FAILED: ' "$out/figures.txt"

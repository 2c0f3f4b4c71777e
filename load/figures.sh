#!/usr/bin/env bash
# Makes the figures that README.md and docs/load.md show, of every scenario but the soak, on SQLite and on PostgreSQL, in some sixteen minutes, and writes them with their
# reports into a folder:
#   bash load/figures.sh [DIR]
# Nothing else should run on the machine. DIR/figures.md has a line a scenario, DIR/figures.txt all of it; DIR/STORE/SCENARIO/report.html are the pages. Exit code 1 where a
# limit failed, which it names. The soak is half an hour on each store (load/run.sh soak); one silo, two and three are measured by load/silos.sh.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-artifacts/load/figures}
command -v jq >/dev/null || { echo "figures: needs jq (apt-get install jq)." >&2; exit 2; }
. load/build.sh
if [ -z "${LOAD_NO_BUILD:-}" ]; then
  built=$(dotnet build load/Benchmarks -c Release -v quiet -nologo -clp:NoSummary 2>&1) || { echo "$built" >&2; exit 2; }
fi
mkdir -p "$out"
begun=$SECONDS

run() { # STORE SCENARIO SECONDS
  echo "=== $2 on $1"
  "$driver" "$2" --store "$1" --seconds "$3" --out "$out/$1/$2" || echo "FAILED: $2 on $1"
  echo
}

{
  date -u '+%Y-%m-%d %H:%M UTC'
  git log -1 --format='%h %s' 2>/dev/null
  echo "=== where the time of intake goes"
  dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll stages || echo "FAILED: stages"
  echo "=== beside a bare echo, PostgreSQL alone and Prometheus: throughput, unary calls, single messages, the way of a warning"
  "$driver" compare --seconds 15 --out "$out/compare" || echo "FAILED: compare"
  for store in sqlite postgresql; do
    mkdir -p "$out/$store"
    for scenario in throughput unary single-messages warning; do
      mv -T "$out/compare/$scenario-$store" "$out/$store/$scenario"
      echo "=== $scenario on $store"
      cat "$out/$store/$scenario/report.txt"
      ! grep '^FAILS' "$out/$store/$scenario/report.txt" >/dev/null || echo "FAILED: $scenario on $store"
      echo
    done
    run "$store" steady 15
    run "$store" surge 25
    run "$store" all-countries 15
    run "$store" small-partners 15
    run "$store" late 15
    run "$store" mixed 20
    run "$store" storm 20
    run "$store" capacity 40
  done
} 2>&1 | tee "$out/figures.txt"

bash load/table.sh "$out" > "$out/figures.md"
echo "figures: $((SECONDS - begun)) s; $out/figures.md, $out/figures.txt"
! grep '^FAILED: ' "$out/figures.txt"

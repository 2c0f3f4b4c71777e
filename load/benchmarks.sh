#!/usr/bin/env bash
# Prints every benchmark's table in markdown: the engine, deciding, the cache, late look-ups, and intake stage by stage, in some ten minutes:
#   bash load/benchmarks.sh [FILTER] > benchmarks.md
# FILTER keeps those that it names, such as '*Incremental*' (README.md and load/Benchmarks/README.md say which makes which figure). Nothing else should run on the machine.
# What is said meanwhile goes to the standard error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
filter=${1:-*}
out=artifacts/benchmarks
built=$(dotnet build load/Benchmarks -c Release -v quiet -nologo -clp:NoSummary 2>&1) || { echo "$built" >&2; exit 2; }
rm -rf "$out"
mkdir -p "$out"
dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll --filter "$filter" --job short --exporters github --artifacts "$out" >&2
echo "# Benchmarks of $(git log -1 --format=%h), $(date -u '+%Y-%m-%d %H:%M UTC')"
for report in "$out"/results/*-report-github.md; do
  name=$(basename "$report" -report-github.md)
  printf '\n## %s\n\n' "${name##*.}"
  cat "$report"
done
if [ "$filter" = '*' ]; then
  printf '\n## Intake, stage by stage\n\n```\n'
  dotnet artifacts/bin/Benchmarks/release/Benchmarks.dll stages
  printf '```\n'
fi

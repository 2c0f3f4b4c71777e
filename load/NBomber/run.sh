#!/usr/bin/env bash
# Runs the driver's scenarios by NBomber, where the package feed has it: bash load/NBomber/run.sh SCENARIO [the options of load/run.sh].
# Exit code 3: the feed does not have it, and nothing was run; load/run.sh does the same and needs only what the solution needs.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet restore load/NBomber >"$log" 2>&1; then
  if grep -qE 'NU110[0-9]: .*NBomber' "$log"; then
    echo "load/NBomber/run.sh: this package feed does not have NBomber; use load/run.sh, which needs only what the solution needs." >&2
    exit 3
  fi
  cat "$log" >&2
  exit 1
fi
for project in services/Host load/NBomber; do
  dotnet build "$project" -c Release -v quiet -nologo >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
done
# Without a terminal type NBomber prints its result and no live table.
[ -t 1 ] || unset TERM
exec dotnet artifacts/bin/NBomber/release/EarlyWarning.NBomberLoad.dll "$@"

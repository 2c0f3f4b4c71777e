#!/usr/bin/env bash
# Looks at the board of a suite that it starts with a real browser, of 190 countries by 150 indicators: how long until it is painted, until an observation is
# on the screen at rest and under 200 a second, what a viewer at rest costs, and fifty of them in a surge:
#   bash load/board.sh [--seconds N] [--viewers N] [--browser FILE] [--out DIR]
# Needs Chromium. Exit code 0 where every limit holds, otherwise 1, with the limit named. docs/load.md says what the figures mean.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
viewers=artifacts/bin/Viewers/release/EarlyWarning.Viewers
if [ -z "${LOAD_NO_BUILD:-}" ]; then
  for project in services/Host load/Viewers; do
    built=$(dotnet build "$project" -c Release -v quiet -nologo -clp:NoSummary 2>&1) || { echo "$built" >&2; exit 2; }
  done
fi
[ -x "$viewers" ] || { echo "load: $viewers is not there: run without LOAD_NO_BUILD." >&2; exit 2; }
exec "$viewers" "$@"

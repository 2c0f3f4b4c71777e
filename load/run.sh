#!/usr/bin/env bash
# Puts a scenario's load on a suite and says what it held and what limits it:
#   bash load/run.sh --list
#   bash load/run.sh SCENARIO [--store postgresql] [--seconds N] [--scale X] [--endpoint ADDRESS… --key FILE --ca FILE] [--out DIR]
# Exit code 0 where every limit of the scenario holds, otherwise 1, with the limit named; Ctrl-C reports what was measured. docs/load.md says what the figures mean.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. load/build.sh
exec "$driver" "$@"

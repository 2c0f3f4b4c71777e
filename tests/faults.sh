#!/usr/bin/env bash
# Tries what can fail in a suite of several processes (docs/apart.md), each under load: processes killed, standing still and restarted, PostgreSQL and
# Redis away, silos parted from each other and from PostgreSQL. Compares the client's and the receiver's ledgers with what is stored, and prints a table.
# Needs root, for the networks. Usage: bash tests/faults.sh [PARTS OF FAULTS' NAMES, with commas; by default all]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x /usr/lib/postgresql/15/bin/initdb ] || { echo "tests/faults.sh: install postgresql-15 first" >&2; exit 1; }
[ -x /usr/bin/redis-server ] || { echo "tests/faults.sh: install redis-server first" >&2; exit 1; }
EW_TEST_FAULTS=${1:-} dotnet run -c Release --project tests/EndToEnd.Tests -- -class '*FaultTests' -showLiveOutput -noColor

#!/usr/bin/env bash
# Kills the suite under load so often on SQLite, then as often on PostgreSQL, whose server is killed too; half of the starts are armed to end in the
# committer, the outbox or an append. Compares the client's and the receiver's ledgers with what is stored, and checks all of it. Prints the counts.
# Usage: bash tests/kill.sh [KILLS, by default 100]
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x /usr/lib/postgresql/15/bin/initdb ] || { echo "tests/kill.sh: install postgresql-15 first" >&2; exit 1; }
EW_TEST_KILLS=${1:-100} dotnet run -c Release --project tests/EndToEnd.Tests -- -class '*KillTests' -showLiveOutput -noColor

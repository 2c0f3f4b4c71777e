#!/usr/bin/env bash
# Shows the suite beside what could be taken in its place, one after the other in one run, on Debian:
#   bash load/compare.sh [--seconds N] [--out DIR]
# a bare gRPC echo of the same messages; PostgreSQL with a trigger that scores and NOTIFY; Prometheus with Alertmanager at one second, where
# `apt-get install prometheus prometheus-alertmanager` was done (their services may be stopped: they are run from here). Needs postgresql.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ls -d /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || { echo "compare: PostgreSQL is not installed: apt-get install postgresql." >&2; exit 2; }
. load/build.sh
exec "$driver" compare "$@"

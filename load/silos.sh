#!/usr/bin/env bash
# Puts the same load on one silo, two and three, which share a PostgreSQL on this machine, and says what each process costs, what is at its end first
# and what that says of fifty:
#   bash load/silos.sh [--seconds N] [--most N] [--out DIR]
# Needs what dapr/run-local.sh needs: postgresql, redis-server, curl.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=30 most=3 out=artifacts/load/silos
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || { echo "silos: $1 needs a value. Options: --seconds, --most, --out." >&2; exit 2; }
  case $1 in
    --seconds) seconds=$2 ;;
    --most) most=$2 ;;
    --out) out=$2 ;;
    *) echo "silos: $1 is no option. There are --seconds, --most, --out." >&2; exit 2 ;;
  esac
  shift 2
done
. load/build.sh
mkdir -p "$out"

suite=""
finish() { [ -z "$suite" ] || { kill -TERM "$suite" 2>/dev/null; wait "$suite"; }; [ -z "${data:-}" ] || rm -rf "$data"; }
trap finish EXIT
trap 'exit 130' INT TERM

port() { # One that nobody listens on now.
  while :; do
    next=$((31000 + RANDOM % 1000))
    (exec 3<>"/dev/tcp/127.0.0.1/$next") 2>/dev/null || return 0
  done
}

reports=()
for silos in $(seq "$most"); do
  data=$(mktemp -d) && chmod 711 "$data"
  port; http=127.0.0.1:$next
  port; grpc=127.0.0.1:$next
  bash dapr/run-local.sh --silos "$silos" --others 1 --data "$data" --http "$http" --grpc "$grpc" >"$out/silos-$silos.log" 2>&1 &
  suite=$!
  until grep -q 'Ctrl-C ends all of it' "$out/silos-$silos.log"; do
    kill -0 "$suite" 2>/dev/null || { echo "silos: the suite did not start: $out/silos-$silos.log" >&2; suite=""; exit 1; }
    sleep 0.5
  done
  # name services http grpc silo peers pid: the table that run-local.sh prints.
  mapfile -t endpoints < <(awk '/^silo-[0-9]+ / { print "http://" $4 }' "$out/silos-$silos.log")
  mapfile -t processes < <(awk '/^(silo|notification|escalation)-[0-9]+ / { print $1 "=" $7 }' "$out/silos-$silos.log")
  processes+=("postgres=$(head -1 "$data/postgres/postmaster.pid")")
  echo "--- $silos silo(s): ${endpoints[*]}"
  "$driver" throughput --seconds "$seconds" --endpoint "${endpoints[@]}" --process "${processes[@]}" --out "$out/silos-$silos" \
    || echo "silos: a limit failed with $silos silo(s); the figures below say how far."
  reports+=("$out/silos-$silos/report.json")
  kill -TERM "$suite"; wait "$suite"; suite=""
  rm -rf "$data"
done
"$driver" scaling "${reports[@]}" | tee "$out/silos.txt"

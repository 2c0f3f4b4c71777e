#!/usr/bin/env bash
# Runs the suite as several processes on this machine, with PostgreSQL and Redis of its own, until Ctrl-C or until a part ends:
#   bash dapr/run-local.sh [--silos N] [--others N] [--data DIR] [--http ADDRESS] [--grpc ADDRESS] [--patience SECONDS]
# Beside each process with a Dapr app id runs a daprd where it is on the PATH; otherwise one process of the suite is the sidecar of all. What is stored
# stays in DIR, and the next run goes on from it. Needs postgresql, redis-server and curl.
set -uo pipefail

silos=3 others=2 data=data/apart http=127.0.0.1:5050 grpc=127.0.0.1:5051 patience=180
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

refuse() { echo "run-local: $*" >&2; exit 2; }
number() { [[ $2 =~ ^[1-9][0-9]{0,2}$ ]] || refuse "$1 takes a number from 1, not '$2'."; }

while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || refuse "$1 needs a value. Options: --silos, --others, --data, --http, --grpc, --patience."
  case $1 in
    --silos) number "$1" "$2"; silos=$2 ;;
    --others) number "$1" "$2"; others=$2 ;;
    --data) data=$2 ;;
    --http) http=$2 ;;
    --grpc) grpc=$2 ;;
    --patience) number "$1" "$2"; patience=$2 ;;
    *) refuse "$1 is no option. There are --silos, --others, --data, --http, --grpc, --patience." ;;
  esac
  shift 2
done

# The suite: beside this folder where it was published, otherwise what the checkout builds.
suite=$here/../EarlyWarning.Host
if [ ! -x "$suite" ]; then
  suite=$here/../artifacts/bin/Host/release/EarlyWarning.Host
  [ -x "$suite" ] || dotnet build "$here/../services/Host" -c Release -v quiet -nologo || refuse "the suite does not build."
fi
suite=$(realpath "$suite")

postgres=$(command -v postgres || ls -d /usr/lib/postgresql/*/bin/postgres 2>/dev/null | sort -V | tail -1)
[ -n "$postgres" ] || refuse "PostgreSQL is not installed: apt-get install postgresql."
postgres=$(realpath "$postgres")
command -v redis-server >/dev/null || refuse "Redis is not installed: apt-get install redis-server."
command -v curl >/dev/null || refuse "curl is not installed: apt-get install curl."

umask 077
mkdir -p "$data/logs" && data=$(cd "$data" && pwd) || refuse "$data cannot be made. Name another folder with --data."
exec 9>"$data/run.lock"
flock -n 9 || refuse "another run holds $data. End it, or name another folder with --data."

# PostgreSQL runs as no superuser. Its account has to reach the folder, and sees none of the secrets in it.
as_postgres=()
if [ "$(id -u)" = 0 ]; then
  chmod 711 "$data"
  as_postgres=(setpriv --reuid postgres --regid postgres --init-groups --)
  "${as_postgres[@]}" test -x "$data" || refuse "the account postgres cannot reach $data. Name a folder with --data that every account may enter."
fi

declare -A name_of
started=() account=() ended=""

port() { # A port that nobody listens on, below those that the system gives out; each call another.
  while :; do
    next=$(( ${next:-20000 + RANDOM % 9000} + 1 ))
    [[ $http == *:$next || $grpc == *:$next ]] || (exec 3<>"/dev/tcp/127.0.0.1/$next") 2>/dev/null || return 0
  done
}

secret() { # A password that stays, in a file of its owner's.
  [ -s "$data/$1" ] || head -c 2000 /dev/urandom | tr -dc a-zA-Z0-9 | cut -c 1-32 >"$data/$1"
  cat "$data/$1"
}

start() { # NAME COMMAND…: in the background, ended with this script even where it is killed.
  local name=$1; shift
  # It asks for the end of its own session's signals only: Ctrl-C is this script's.
  setsid "${account[@]}" setpriv --pdeathsig "${signal:-TERM}" -- "$@" >"$data/logs/$name.log" 2>&1 </dev/null 9>&- &
  name_of[$!]=$name; started+=($!)
}

alive() { kill -0 "$1" 2>/dev/null; }

stop_these() { # SIGNAL PID…: all at once, and those by force that are still there after 20 s.
  local signal=$1 pid; shift
  for pid; do kill -"$signal" "$pid" 2>/dev/null; done
  for _ in $(seq 200); do
    for pid; do alive "$pid" && break; done
    alive "${pid:-0}" || return 0
    sleep 0.1
  done
  for pid; do alive "$pid" && echo "run-local: ${name_of[$pid]} did not end and is killed." >&2 && kill -KILL "$pid"; done
}

finish() {
  trap '' INT TERM; trap - EXIT
  local apps=() sidecars=() stores=() pid
  for pid in "${started[@]}"; do
    alive "$pid" || continue
    case ${name_of[$pid]} in postgres | redis) stores+=("$pid") ;; daprd-* | sidecar) sidecars+=("$pid") ;; *) apps+=("$pid") ;; esac
  done
  [ ${#apps[@]} -eq 0 ] || stop_these TERM "${apps[@]}"
  [ ${#sidecars[@]} -eq 0 ] || stop_these TERM "${sidecars[@]}"
  # For PostgreSQL INT is to end now, cleanly, whoever is connected.
  [ ${#stores[@]} -eq 0 ] || stop_these INT "${stores[@]}"
  wait
  echo "run-local: everything has ended; what is stored stays in $data."
  exit "$1"
}

fail() { # NAME STATUS
  echo "run-local: $1 has ended${2:+ with status $2}, and everything is ended with it. It said last ($data/logs/$1.log):" >&2
  tail -n 20 "$data/logs/$1.log" >&2
  finish 1
}

check() { # Whether a part has ended.
  local pid
  for pid in "${started[@]}"; do
    alive "$pid" || { wait "$pid"; fail "${name_of[$pid]}" $?; }
  done
}

until_holds() { # SECONDS WHAT COMMAND…
  local until=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    check
    [ $SECONDS -lt "$until" ] || { echo "run-local: $what within the time. See $data/logs." >&2; finish 1; }
    sleep 0.2
  done
}

trap 'finish 0' INT TERM
trap 'finish 1' EXIT

# --- PostgreSQL ---------------------------------------------------------------------------------------------------------------------------------------
password=$(secret postgres.password)
if [ ! -s "$data/postgres/PG_VERSION" ]; then
  rm -rf "$data/postgres" && mkdir "$data/postgres"
  cp "$data/postgres.password" "$data/postgres.given"
  [ "$(id -u)" != 0 ] || chown postgres "$data/postgres" "$data/postgres.given"
  "${as_postgres[@]}" "$(dirname "$postgres")/initdb" -D "$data/postgres" -U suite -E UTF8 --auth scram-sha-256 --pwfile "$data/postgres.given" \
    >"$data/logs/initdb.log" 2>&1 || refuse "PostgreSQL's folder cannot be made: see $data/logs/initdb.log."
  rm "$data/postgres.given"
fi
port; pg=$next
account=("${as_postgres[@]}")
signal=INT start postgres "$postgres" -D "$data/postgres" -p "$pg" -h 127.0.0.1 \
  -c unix_socket_directories= -c max_connections=$((40 * (silos + 5 * others + 2))) -c shared_buffers=128MB
account=()
printf 'Host=127.0.0.1;Port=%s;Database=postgres;Username=suite;Password=%s' "$pg" "$password" >"$data/store"
until_holds 60 "PostgreSQL did not answer" "$(dirname "$postgres")/pg_isready" -h 127.0.0.1 -p "$pg" -U suite

# --- Redis: the cache of results, and daprd's broker --------------------------------------------------------------------------------------------------
port; redis=$next
redis_password=$(secret redis.password)
mkdir -p "$data/redis"
printf 'bind 127.0.0.1\nport %s\ndir %s\nappendonly yes\nsave ""\nrequirepass %s\n' "$redis" "$data/redis" "$redis_password" >"$data/redis.conf"
start redis redis-server "$data/redis.conf"
ping() { REDISCLI_AUTH=$redis_password redis-cli -p "$redis" ping | grep -q PONG; }
until_holds 30 "Redis did not answer" ping
export EW_CACHE="127.0.0.1:$redis,password=$redis_password"

# --- Sidecars -----------------------------------------------------------------------------------------------------------------------------------------
daprd=$(command -v daprd)
export DAPR_API_TOKEN APP_API_TOKEN
DAPR_API_TOKEN=$(secret dapr-api.token) APP_API_TOKEN=$(secret app-api.token)
declare -A app_ports
if [ -n "$daprd" ]; then
  mkdir -p "$data/components"
  sed -e "s|localhost:6379|127.0.0.1:$redis\n    - name: redisPassword\n      value: $redis_password|" "$here/components/warnings.yaml" >"$data/components/warnings.yaml"
  cp "$here/resiliency.yaml" "$data/components/"
else
  for app in RISK NOTIFICATION ESCALATION; do
    port; export "EW_DAPR_${app}_GRPC=http://127.0.0.1:$next"
    port; export "EW_DAPR_${app}_HTTP=http://127.0.0.1:$next"
  done
fi

beside() { # NAME APPID: takes the ports of a process with an app id and of its sidecar.
  local to=""
  if [ "$2" != risk ]; then port; to=$next; app_ports[$2]+=",$to"; fi
  app_of[$1]=$2 callback_of[$1]=$to
}

daprd_beside() { # NAME: starts its daprd, and tells the process of it in sidecar_of.
  local to=${callback_of[$1]} g h i m
  port; g=$next; port; h=$next; port; i=$next; port; m=$next
  sidecar_of=("DAPR_GRPC_PORT=$g" "DAPR_HTTP_PORT=$h" ${to:+"APP_PORT=$to"})
  start "daprd-$1" "$daprd" --app-id "${app_of[$1]}" ${to:+--app-port "$to" --app-protocol grpc --enable-app-health-check --app-health-probe-interval 1
    --app-health-probe-timeout 500 --app-health-threshold 2} --dapr-grpc-port "$g" --dapr-http-port "$h" --dapr-internal-grpc-port "$i" --metrics-port "$m" \
    --dapr-listen-addresses 127.0.0.1 --resources-path "$data/components"
}

# Whoever wants keys makes the first in this file: EarlyWarning.Host keys add NAME --role ROLE --keys DIR/keys.json; and runs this anew.
[ ! -s "$data/keys.json" ] || export EW_KEYS="$data/keys.json"

# --- The suite ----------------------------------------------------------------------------------------------------------------------------------------
declare -A app_of callback_of
table=()
process() { # NAME SERVICES [HTTP GRPC]
  local h=${3:-} g=${4:-} cluster peer sidecar_of=("${told[@]}") app=${app_of[$1]:-}
  [ -n "$h" ] || { port; h=127.0.0.1:$next; }
  [ -n "$g" ] || { port; g=127.0.0.1:$next; }
  port; cluster=127.0.0.1:$next; port; peer=127.0.0.1:$next
  if [ -n "$app" ] && [ -n "$daprd" ]; then
    daprd_beside "$1"
  elif [ -n "${callback_of[$1]:-}" ]; then
    sidecar_of=("EW_DAPR_${app^^}_APP_PORT=${callback_of[$1]}")
  fi
  start "$1" env "${sidecar_of[@]}" "$suite" --services "$2" --store "$data/store" --cluster "$cluster" --peer "$peer" --http "$h" --grpc "$g" \
    --data "$data/$1"
  # One after the other: started all at once, they would keep each other, and PostgreSQL, from their processors.
  until_holds "$patience" "$1 was not ready" curl -sf -m 5 "http://$h/readyz"
  table+=("$(printf '%-16s %-16s %-16s %-16s %-16s %-16s %7s' "$1" "$2" "$h" "$g" "$cluster" "$peer" "${started[-1]}")")
}

told=()
for n in $(seq "$silos"); do beside "silo-$n" risk; done
for n in $(seq "$others"); do beside "notification-$n" notification; beside "escalation-$n" escalation; done
if [ -z "$daprd" ]; then
  told=("EW_DAPR_NOTIFICATION_APP_PORT=${app_ports[notification]#,}" "EW_DAPR_ESCALATION_APP_PORT=${app_ports[escalation]#,}")
  process sidecar sidecar
  told=()
fi
# Any order would do; what the others wait for comes first.
for n in $(seq "$silos"); do process "silo-$n" indicators,risk; done
for n in $(seq "$others"); do
  for service in notification escalation scoring ledger; do process "$service-$n" "$service"; done
  if [ "$n" = 1 ]; then process board-1 board "$http" "$grpc"; else process "board-$n" board; fi
done

printf '\n%-16s %-16s %-16s %-16s %-16s %-16s %7s  %s\n' process services http grpc silo peers pid health
printf '%s  ready\n' "${table[@]}"
cat <<TEXT

PostgreSQL 127.0.0.1:$pg and Redis 127.0.0.1:$redis; $([ -n "$daprd" ] && echo "a daprd beside each process with an app id" || echo "no daprd on the PATH: the suite's own sidecar").
Any process answers every call: ew --endpoint http://$grpc status, or the board at http://$http/. Logs: $data/logs. Ctrl-C ends all of it.
TEXT

wait -n -p ended "${started[@]}"
status=$?
[ -n "$ended" ] && fail "${name_of[$ended]}" "$status"

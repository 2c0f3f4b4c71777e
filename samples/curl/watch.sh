#!/usr/bin/env bash
# Follows breaches and prints each change. Usage: watch.sh TOKEN-FILE [COUNTRY...]
# The token of the last change is kept in a file, so that neither a broken connection nor a restart of this script misses one. A script
# that dies between the two shows one change twice: whoever acts on them drops a (name, sequence) that was seen.
set -euo pipefail
. "$(dirname "$0")/suite.sh"
file=$1
shift
countries=()
for country in "$@"; do countries+=(--data-urlencode "countries=$country"); done

show() { jq -r '"\(.name) \(.sequence) \(.state | ltrimstr("STATE_")): \(.sentence)"'; }

# Renamed into place, so that a crash leaves the old one or the new one.
keep() { printf %s "$1" > "$file.new" && mv "$file.new" "$file"; }

# Shows what fires now, and keeps the token behind it.
list() {
  local page token='' next=''
  while [ -z "$token" ] || [ -n "$next" ]; do
    page=$(ask breaches --get --data-urlencode state=STATE_FIRING --data-urlencode "pageToken=$next")
    [ -n "$token" ] || token=$(jq -r .resumeToken <<< "$page")
    jq -c '.breaches[]? | select($ARGS.positional == [] or IN(.country; $ARGS.positional[]))' --args "$@" <<< "$page" | show
    next=$(jq -r '.nextPageToken // ""' <<< "$page")
  done
  keep "$token"
}

while true; do
  [ -e "$file" ] || list "$@"
  # A watch without news sends a bookmark every ten seconds; one that is silent for thirty is broken.
  curl -sSN --connect-timeout 10 --speed-limit 1 --speed-time 30 "${key[@]}" \
    --get --data-urlencode "resumeToken=$(< "$file")" "${countries[@]}" "$suite/breaches:watch" |
    while read -r line; do
      case $(jq -r 'if .resumeToken then "change" else .error.details[]?.reason // .details[]?.reason // empty end' <<< "$line") in
        RESUME_TOKEN_EXPIRED | INVALID_TOKEN) rm -f "$file" && break ;;
        change)
          jq -c '.breach // empty' <<< "$line" | show
          keep "$(jq -r .resumeToken <<< "$line")"
          ;;
        '') ;;
        *) words <<< "$line" >&2 ;;
      esac
    done || true
  echo "The connection ended: going on behind the last change." >&2
  sleep 1
done

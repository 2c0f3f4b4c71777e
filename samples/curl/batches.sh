#!/usr/bin/env bash
# Sends a file of observations in batches. Usage: batches.sh FILE
# JSON has no streams of requests, so each batch is a call. One that was not answered is sent again: each observation has an id of its
# own, so one that had been recorded already is a duplicate. The same holds where the whole script is run again.
# Exit codes: 0 done; 1 some were refused, put them right first; 75 not now, run the same again.
set -euo pipefail
. "$(dirname "$0")/suite.sh"
retries=300

# observation_id,country,indicator,value,observed_at,source
rows='split(",") | {observationId: .[0], country: .[1], indicator: .[2], value: (.[3] | tonumber), observedAt: .[4], source: .[5]}'
outcomes=$(mktemp)
trap 'rm -f "$outcomes"' EXIT

# An item is done (on the disk), refused for good, or to be sent again; only the last are left of the batch.
send() {
  local batch=$1 answer again
  for again in {1..60}; do
    answer=$(ask observations:batch -H 'content-type: application/json' -d "$batch")
    jq -r '.outcomes[] | select(. != "OUTCOME_RETRY") | ltrimstr("OUTCOME_")' <<< "$answer" >> "$outcomes"
    jq -r --argjson sent "$batch" '. as {$outcomes}
      | .problems[]? | (.index // 0) as $place | select($outcomes[$place] == "OUTCOME_REJECTED")
      | "REJECTED \($sent.observations[$place].observationId): \(.reason) \(.field): \(.message)"' <<< "$answer"
    batch=$(jq -c --argjson sent "$batch" '
      {observations: [.outcomes | to_entries[] | select(.value == "OUTCOME_RETRY") | $sent.observations[.key]]}' <<< "$answer")
    [ "$(jq '.observations | length' <<< "$batch")" != 0 ] || return 0
    sleep 1
  done
  exit 75
}

while mapfile -t -n 500 lines && [ ${#lines[@]} -gt 0 ]; do
  send "$(printf '%s\n' "${lines[@]}" | jq -R "$rows" | jq -sc '{observations: .}')"
done < <(tail -n +2 "$1")
sort "$outcomes" | uniq -c | awk '{ printf "%s%s %s", separator, $1, $2; separator = ", " } END { print "" }'
! grep -q REJECTED "$outcomes"

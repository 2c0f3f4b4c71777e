#!/usr/bin/env bash
# Records an observation, and reads the country's risk with that included. Usage: first-call.sh [COUNTRY]
# Exit codes: 0 done; 1 refused, put it right first; 75 not now, run the same again.
set -euo pipefail
. "$(dirname "$0")/suite.sh"
country=${1:-XAQ}

recorded=$(ask observations -H 'content-type: application/json' -d '{
  "observation": {
    "country": "'"$country"'",
    "indicator": "r07.incitement",
    "value": 2,
    "observedAt": "'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'",
    "source": "radio-monitor"
  }
}')
risk=$(ask "frameworks/atrocity-crimes/risks/$country?minimumRevision=$(jq -r .revision <<< "$recorded")")

# Without a score there is no level, which is not a low one.
jq -r --argjson recorded "$recorded" '.risk
  | ($recorded.outcome | ltrimstr("OUTCOME_")) as $outcome
  | (if has("score") then "\(.score * 10 | round / 10) \(.level)" else "insufficient data" end) as $figure
  | "\($outcome) \($recorded.observationId): \(.countryName) \($figure), coverage \(100 * (.coverage // 0) | round)%"' <<< "$risk"

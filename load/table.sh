#!/usr/bin/env bash
# Writes the reports of a folder as one table of Markdown, a line a flow of each scenario on each store:
#   bash load/table.sh DIR
set -euo pipefail
for store in sqlite postgresql; do
  for report in "$1/$store"/*/report.json; do
    [ -e "$report" ] && jq --arg store "$store" '. + { store: $store }' "$report"
  done
done | jq -rs '
  def figure: if . >= 100 then (round | tostring | [while(length > 0; .[:-3])] | map(.[-3:]) | reverse | join(","))
    else (. * 10 | round / 10 | tostring) end;
  def store: { sqlite: "SQLite", postgresql: "PostgreSQL" }[.store];
  "Measured on \(.[0].machine), \(map(.started[0:10]) | unique | join(" and ")); client, suite and store share it.",
  "",
  "| Scenario | Store | Flow | A second | Median, ms | p99, ms | Failed | Suite, µs an item | Memory, MB | Limits |",
  "| --- | --- | --- | --: | --: | --: | --: | --: | --: | --- |",
  (.[] | . as $run | .flows | to_entries[] | .key as $i | .value
    | "| \(if $i == 0 then "`\($run.scenario)`" else "" end) | \(if $i == 0 then $run | store else "" end) | \(.name) | "
      + "\(.itemsPerSecond | figure) \(.unit) | \(if .waits then "" else .response.p50 | figure end) | "
      + "\(if .waits then "" else .response.p99 | figure end) | \(.failed + .dropped) | "
      + (if $i == 0 then ($run.processes[] | select(.name == "suite")
          | "\(.microsecondsAnItem | figure) | \(.megabytes | figure) | \(if $run.holds then "hold" else
            "fail: " + ([$run.limits[] | select(.holds | not) | .name] | join(", ")) end) |") else " | | |" end))'

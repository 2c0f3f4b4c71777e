#!/usr/bin/env bash
# Prints the figures that docs/structure.md has of the code's shape, as a table: bash eng/shape.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sources() { git ls-files "$@" | grep -v '\.g\.cs$'; }
lines() { xargs cat | wc -l; }
comments() { xargs cat | awk '/^[ \t]*(\/\/|@\*|\*)/ { c++ } END { printf "%.0f %%", 100 * c / NR }'; }
# The median and the 90th percentile of the lines of each file.
sizes() { xargs wc -l | awk '$2 != "total" { print $1 }' | sort -n | awk '{ n[NR] = $1 } END { printf "%d / %d", n[int((NR + 1) / 2)], n[int(NR * 0.9 + 0.5)] }'; }
longest() { xargs wc -l | awk '$2 != "total"' | sort -n | tail -1 | awk '{ f = $2; sub(/.*\//, "", f); printf "%d (%s)", $1, f }'; }
# The lines of all parts of the class that is written in several files, or one, whose name ends in Grain.
grain() {
  sources 'services/*Grain.cs' 'services/*Grain.*.cs' | xargs wc -l | awk '$2 != "total" { f = $2; sub(/.*\//, "", f); sub(/\..*/, "", f); n[f] += $1 }
    END { for (f in n) if (n[f] > most) { most = n[f]; which = f } printf "%d (%s)", most, which }'
}

product=$(sources 'services/*.cs' 'services/*.razor')
engine=$(sources 'services/Scoring/Engine/*.cs')
protos=$(sources 'protos/*.proto')
wide=$(sources '*.cs' '*.razor' | LC_ALL=C.UTF-8 xargs grep -hE '^.{141,}' | wc -l)
ratio=$(echo "$(sources 'tests/*.cs' 'eng/*.cs' | lines) $(echo "$product" | lines)" | awk '{ printf "%.2f", $1 / $2 }')
cat <<EOF
| Of | Now |
| --- | --- |
| Lines a file of the product, median / 90th percentile | $(echo "$product" | sizes) |
| The longest file of the product | $(echo "$product" | longest) |
| The longest file of tests | $(sources 'tests/*.cs' | longest) |
| The longest grain, all its files together | $(grain) |
| Lines over 140 columns, of C# and Razor | $wide |
| Comments, the product | $(echo "$product" | comments) |
| Comments, the engine | $(echo "$engine" | comments) |
| Comments, the contract | $(echo "$protos" | comments) |
| Lines of tests for a line of the product | $ratio |
EOF

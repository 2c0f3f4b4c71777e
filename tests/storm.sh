#!/usr/bin/env bash
# Thousands of breaches in about a minute, told to three receivers: one healthy, one hanging, one down for two minutes; the suite is killed five times
# meanwhile. Checks that each receiver has every warning once by its id, emergencies first, and that what is stored holds together. Prints the counts.
# Usage: bash tests/storm.sh [BREACHES, by default 10000, in steps of 50]
set -euo pipefail
cd "$(dirname "$0")/.."
EW_TEST_STORM=${1:-10000} dotnet run -c Release --project tests/EndToEnd.Tests -- -class '*StormTests' -showLiveOutput -noColor

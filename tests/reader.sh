#!/usr/bin/env bash
# Runs the suite on SQLite under load while a foreign program holds the store open for reading and never closes. Prints the size of the write-ahead log
# over time and what intake said, and ends with a verdict: the log stays bounded, intake says why it refuses, and goes on once the reader has ended.
# Usage: bash tests/reader.sh [MINUTES, by default 10]
set -euo pipefail
cd "$(dirname "$0")/.."
EW_TEST_READER_MINUTES=${1:-10} dotnet run -c Release --project tests/EndToEnd.Tests -- -class '*ReaderTests' -showLiveOutput -noColor

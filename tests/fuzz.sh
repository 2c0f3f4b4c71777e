#!/usr/bin/env bash
# Tries the suite's parsers with inputs that nobody meant (docs/fuzzing.md). What is found goes to artifacts/fuzzing, with the command that repeats it.
# Usage: bash tests/fuzz.sh [TARGET…] [--seconds N, each, by default 10] [--inputs N] [--seed N] [--input FILE]
set -uo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/Fuzzing.Tests -c Release -v q -nologo || exit 2
built=artifacts/bin/Fuzzing.Tests/release counting=artifacts/fuzzing/counting
mkdir -p artifacts/fuzzing
rm -rf "$counting" && cp -r "$built" "$counting" && "$built/EarlyWarning.Fuzzing.Tests" fuzz --instrument "$counting" || exit 2
"$counting/EarlyWarning.Fuzzing.Tests" fuzz "$@"
code=$?
if [ "$code" -gt 2 ]; then
  echo "tests/fuzz.sh: the process ended (exit code $code). This is what it read last:"
  "$counting/EarlyWarning.Fuzzing.Tests" fuzz --ended
  exit 1
fi
exit "$code"

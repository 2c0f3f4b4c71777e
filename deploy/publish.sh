#!/usr/bin/env bash
# Publishes the suite and ew into one folder that needs no .NET on the machine it is copied to: bash deploy/publish.sh [--with-tests] [FOLDER]
# With --with-tests the folder's tests/ has the tests that a sidecar is held to, to be run against a daprd (docs/dapr-conformance.md).
# It builds a copy of the sources, because the lock files of the checkout name no runtime and are to stay as they are.
set -euo pipefail
cd "$(dirname "$0")/.."
with_tests=
if [ "${1:-}" = --with-tests ]; then with_tests=yes; shift; fi
out=$(realpath -m "${1:-artifacts/deploy/early-warning}")
work=$PWD/artifacts/deploy/work

if [ -e "$out" ] && [ ! -e "$out/EarlyWarning.Host" ] && [ -n "$(ls -A "$out")" ]; then
  echo "$out is not empty and holds no suite. Name another folder." >&2
  exit 1
fi

rm -rf "$out" "$work/sources" "$work/published"
mkdir -p "$out" "$work/sources"
tar -c --exclude=./artifacts --exclude=./.git --exclude=./data --exclude=node_modules . | tar -x -C "$work/sources"

publish() { # PROJECT FOLDER
  dotnet publish "$work/sources/$1" -c Release -r linux-x64 --self-contained --artifacts-path "$work/artifacts" -o "$work/published/$2" \
    -p:RestoreLockedMode=false -p:ReadyToRun=false -p:PublishReadyToRun=true -p:DebugType=none \
    -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false -v quiet -nologo
}

# The suite is copied last: what both have it needs as it is.
for project in Cli Host; do
  publish "services/$project" "$project"
  cp -r "$work/published/$project/." "$out/"
done

if [ -n "$with_tests" ]; then
  publish tests/Sidecar.Tests tests
  cp -r "$work/published/tests" "$out/tests"
fi

cp -r deploy/systemd monitoring docs LICENSE README.md CHANGELOG.md SECURITY.md "$out/"
echo "$out"

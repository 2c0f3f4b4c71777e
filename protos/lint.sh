#!/usr/bin/env bash
# Checks the form of the contract: buf's STANDARD and COMMENTS lint, and its format.
set -euo pipefail
cd "$(dirname "$0")/.."
# npm install and not ci: the lock names no package of platforms that a registry may not hold.
[ -x protos/node_modules/.bin/buf ] || npm install --prefix protos --no-save --silent

# buf reads only what lies inside the repository.
bash protos/google.sh
protos/node_modules/.bin/buf lint protos
protos/node_modules/.bin/buf format --diff --exit-code protos
echo "protos: lint and format are clean"

#!/usr/bin/env bash
# Checks the form of the contract: buf's STANDARD and COMMENTS lint, and its format.
set -euo pipefail
cd "$(dirname "$0")/.."
# npm install and not ci: the lock names no package of platforms that a registry may not hold.
[ -x protos/node_modules/.bin/buf ] || npm install --prefix protos --no-save --silent

# The Google protos come from the NuGet package that the build uses; buf reads only what lies inside the repository.
version=$(sed -n 's/.*"Google.Api.CommonProtos" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
rm -rf obj/googleapis && mkdir -p obj/googleapis
cp -R "${packages%/}/google.api.commonprotos/$version/content/protos/." obj/googleapis/

protos/node_modules/.bin/buf lint protos
protos/node_modules/.bin/buf format --diff --exit-code protos
echo "protos: lint and format are clean"

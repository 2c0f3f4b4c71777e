#!/usr/bin/env bash
# Puts the contract and what it imports from Google into obj/contract, which compiles alone.
set -euo pipefail
cd "$(dirname "$0")/.."

# Google's come from the NuGet package that the build uses.
dotnet restore protos >/dev/null
version=$(sed -n 's/.*"Google.Api.CommonProtos" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
rm -rf obj/contract && mkdir -p obj/contract
cp -R protos/earlywarning "${packages%/}/google.api.commonprotos/$version/content/protos/google" obj/contract/

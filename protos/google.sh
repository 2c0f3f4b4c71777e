#!/usr/bin/env bash
# Copies the Google protos that the contract imports from the NuGet package that the build uses into obj/googleapis, for compilers other than the build's:
#   protoc -I protos -I obj/googleapis …
# Where there is no .NET SDK a running suite gives the same at /openapi/descriptors.binpb: docs/clients.md.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/.*"Google.Api.CommonProtos" Version="\([^"]*\)".*/\1/p' Directory.Packages.props)
packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
rm -rf obj/googleapis && mkdir -p obj/googleapis
cp -R "${packages%/}/google.api.commonprotos/$version/content/protos/." obj/googleapis/

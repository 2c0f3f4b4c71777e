#!/usr/bin/env bash
# Makes the Python client from the contract: samples/python/generated.
set -euo pipefail
cd "$(dirname "$0")/../.."

out=samples/python/generated
rm -rf $out && mkdir -p $out
# From pip, `python3 -m grpc_tools.protoc` takes the place of `protoc` and of its plugin.
protoc -I obj/contract --python_out=$out --grpc_python_out=$out --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" \
  $(cd obj/contract && ls earlywarning/v1/*.proto) google/api/{annotations,field_behavior,http}.proto google/rpc/{error_details,status}.proto

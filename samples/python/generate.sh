#!/usr/bin/env bash
# Makes the Python client from the contract, samples/earlywarning.binpb, into samples/python/generated.
set -euo pipefail
cd "$(dirname "$0")"
contract=../earlywarning.binpb

# From pip, `python3 -m grpc_tools.protoc` takes the place of protoc and of its plugin. What is of google.protobuf comes with the library.
files=$(protoc --descriptor_set_in=$contract --decode=google.protobuf.FileDescriptorSet google/protobuf/descriptor.proto < $contract |
  sed -n 's/^  name: "\(.*\)"$/\1/p' | grep -v '^google/protobuf/')
rm -rf generated && mkdir generated
protoc --descriptor_set_in=$contract --python_out=generated --grpc_python_out=generated \
  --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" $files

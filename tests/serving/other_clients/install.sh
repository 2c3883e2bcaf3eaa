#!/usr/bin/env bash
# Puts the clients that the tests beside it run into .tools/, which git ignores, from the registries of Go and npm.
# Names whatever cannot be had, in a line each, and then ends with 1.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
tools=$PWD/.tools
node_example=serving/client/examples/node
complete=true

# install NAME NEEDS COMMAND...: what the command says is shown only if it fails.
install() {
  local name=$1 needs=$2 said
  shift 2
  said=$("$@" 2>&1 </dev/null) && return
  echo "other clients: no $name (needs $needs): $(grep -v '^npm warn' <<<"$said" | head -n 1 | cut -c 1-200)" >&2
  complete=false
}

# GOTOOLCHAIN: a go that is too old says so instead of bringing another one.
go_install() { GOBIN=$tools/bin GOTOOLCHAIN=local go install "$1"; }

npm_install() {
  mkdir -p "$tools/node" && cp $node_example/{.npmrc,package.json,package-lock.json} "$tools/node" &&
    npm ci --prefix "$tools/node"
}

# The newest that Go 1.21 builds.
install grpcurl "Go 1.21 or newer" go_install github.com/fullstorydev/grpcurl/cmd/grpcurl@v1.9.3
install grpc-health-probe "Go 1.21 or newer" go_install github.com/grpc-ecosystem/grpc-health-probe@v0.4.25
install "@grpc/grpc-js" "npm" npm_install
install node "Node.js" node --version
install curl "curl" curl --version
$complete

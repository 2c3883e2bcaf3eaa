#!/usr/bin/env bash
# Puts the programs that the tests beside it run on the manifests into .tools/bin, which git ignores.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
# GOTOOLCHAIN: a go that is too old says so instead of bringing another one.
export GOBIN=$PWD/.tools/bin GOTOOLCHAIN=local
go install sigs.k8s.io/kubectl-validate@v0.0.4
go install sigs.k8s.io/kustomize/kustomize/v5@v5.5.0

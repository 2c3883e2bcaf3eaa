#!/usr/bin/env bash
# Puts kubectl-validate, which the tests beside it run, into .tools/bin, which git ignores. kubectl they take from the PATH.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../../.."
GOBIN=$PWD/.tools/bin GOTOOLCHAIN=local go install sigs.k8s.io/kubectl-validate@v0.0.4

#!/usr/bin/env bash
# Resolves the locks anew. They hold versions and hashes only: no index address, no path of this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
requirements/bootstrap.sh --uv

python=$(requirements/bootstrap.sh --find)

compile() {
  .uv/bin/uv pip compile --python "$python" --quiet --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' "$@"
}

compile --python-version 3.10 pyproject.toml -o requirements/runtime.lock
compile --python-version 3.10 --extra dev --constraints requirements/runtime.lock pyproject.toml -o requirements/dev.lock
# The container's. Versions that stand in a lock already are kept where they can be, so that only those of the runtime move
# that gcsfs and s3fs cannot go with.
cp requirements/runtime.lock requirements/image.lock
compile --python-version 3.10 --extra gcs --extra kubeflow --extra s3 pyproject.toml -o requirements/image.lock
# Messages only, without the SDK that one of the packages would bring.
compile --python-version 3.10 --no-deps requirements/kfp-spec.in -o requirements/kfp-spec.lock
# uv itself runs on whatever Python 3 the machine has.
compile --universal --python-version 3.8 requirements/bootstrap.in -o requirements/bootstrap.lock

#!/usr/bin/env bash
# Makes .kfp-spec/: the messages of the newest Kubeflow Pipelines, which need another protobuf than TFX.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Two test processes may want it at once.
mkdir -p .kfp-spec
# Not .lock: that name is uv's own, and it would wait five minutes for us.
exec 9>.kfp-spec/.making
flock 9
if [ .kfp-spec/.synced -nt requirements/kfp-spec.lock ]; then exit; fi

requirements/bootstrap.sh --uv
.uv/bin/uv venv --quiet --allow-existing --python "$(requirements/bootstrap.sh --find)" .kfp-spec
# The lock is not the whole tree: the SDK behind kfp-kubernetes is not needed for its messages.
.uv/bin/uv pip sync --quiet --python .kfp-spec/bin/python --require-hashes requirements/kfp-spec.lock
touch .kfp-spec/.synced

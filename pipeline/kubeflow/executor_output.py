"""What TFX wrote about a task's outputs -> what KFP's launcher can upload and record.

KFP fails a task for a null among its metadata, and passes over an artifact that does not lie on an object store without
a word: so nulls go, and local folders become URIs again, also where metadata names one.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.kubeflow.executor_input import TaskFiles

# tfx/orchestration/kubeflow/v2/container/kubeflow_v2_entrypoint_utils.py, _get_hashed_id
_ID_RANGE = 1 << 63


def publish(files: TaskFiles) -> None:
    """Rewrites the file of a task's outcome in place.

    Args:
        files: of `pipeline.kubeflow.executor_input.localize`.
    """
    outcome = json.loads(files.output_file.read_text(encoding="utf-8"))
    names = {float(_hashed_id(name)): name for name in files.names}
    for artifact_list in outcome.get("artifacts", {}).values():
        for artifact in artifact_list["artifacts"]:
            artifact["uri"] = _uri(artifact["uri"], files.uris)
            artifact["metadata"] = {
                key: _kfp_value(key, value, files.uris, names)
                for key, value in artifact.get("metadata", {}).items()
                if value is not None
            }
    files.output_file.write_text(json.dumps(outcome), encoding="utf-8")


def _kfp_value(key: str, value: Any, uris: Mapping[str, str], names: Mapping[float, str]) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return _uri(value, uris)
    # Of the name that KFP gave an artifact, TFX makes a number too large for a double, in which KFP keeps all numbers.
    if key.endswith("_id") and isinstance(value, float):
        return names.get(value, value)
    return value


def _uri(text: str, uris: Mapping[str, str]) -> str:
    """The URI of an artifact, or of what lies in it, if the text is its local path."""
    for folder, uri in uris.items():
        if text == folder or text.startswith(f"{folder}/"):
            return uri + text[len(folder) :]
    return text


def _hashed_id(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % _ID_RANGE

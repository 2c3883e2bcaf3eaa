"""What KFP's driver wrote -> what TFX's executors read.

TFX 1.16 was written for another backend of the same format. Here is what KFP's driver and launcher do otherwise:

- An input has no type (`"instanceSchema": ""`); it stands in the spec of the component's inputs.
- A list or a struct among an input's metadata comes wrapped, and KFP adds two keys of its own.
- A task has an output of KFP's own, its log, of a type that TFX does not know.
- URIs are those of the object store; the files lie beside, see `pipeline.kubeflow.local_twins`.
"""

import dataclasses
import pathlib
import shutil
from collections.abc import Iterator, Mapping
from typing import Any

from components.errors import QuickdrawError
from pipeline.kubeflow.local_twins import LocalTwins

# KFP: backend/src/v2/driver/driver.go, with PUBLISH_LOGS=true; the launcher alone writes it.
_LOGS = "executor-logs"
# KFP: backend/src/v2/metadata/client.go.
_ADDED_BY_KFP = ("display_name", "store_session_info")


class MissingInputError(QuickdrawError):
    """An artifact that an earlier task made is no longer in the object store."""


@dataclasses.dataclass(frozen=True)
class TaskFiles:
    """What of a task's input is needed to write its outcome.

    Attributes:
        uris: local folder of each input and output -> its URI.
        names: of the inputs and outputs, as KFP calls them.
        output_file: where the launcher looks for the outcome.
    """

    uris: Mapping[str, str]
    names: tuple[str, ...]
    output_file: pathlib.Path


def localize(executor_input: dict[str, Any], inputs_spec: dict[str, Any], twins: LocalTwins) -> TaskFiles:
    """Rewrites a task's input in place, and makes the folders of its outputs.

    Args:
        executor_input: KFP's ExecutorInput, as JSON.
        inputs_spec: KFP's ComponentInputsSpec, as JSON: the types of the inputs.
        twins: the launcher's folders.

    Returns:
        What the outcome has to be written with.

    Raises:
        MissingInputError: the launcher found nothing to copy for an input.
    """
    inputs = executor_input.setdefault("inputs", {}).setdefault("artifacts", {})
    outputs = executor_input["outputs"].setdefault("artifacts", {})
    outputs.pop(_LOGS, None)
    for key, artifact in _artifacts(inputs):
        if not artifact.get("type") or not any(artifact["type"].values()):
            artifact["type"] = inputs_spec["artifacts"][key]["artifactType"]
        artifact["metadata"] = _tfx_metadata(artifact.get("metadata", {}))
    uris = {}
    for _, artifact in [*_artifacts(inputs), *_artifacts(outputs)]:
        folder = str(twins.path_of(artifact["uri"]))
        uris[folder], artifact["uri"] = artifact["uri"], folder
    _check_inputs(inputs, uris)
    for _, artifact in _artifacts(outputs):
        _make_empty(pathlib.Path(artifact["uri"]))
    names = tuple(artifact.get("name", "") for _, artifact in [*_artifacts(inputs), *_artifacts(outputs)])
    output_file = twins.in_pod(executor_input["outputs"]["outputFile"])
    executor_input["outputs"]["outputFile"] = str(output_file)
    # TFX takes a file that is there already for the outcome of a driver of its own, and not of a killed attempt.
    output_file.unlink(missing_ok=True)
    return TaskFiles(uris, names, output_file)


def _artifacts(by_key: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, artifact_list in by_key.items():
        for artifact in artifact_list.get("artifacts", []):
            yield key, artifact


def _tfx_metadata(metadata: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _unwrapped(value) for key, value in metadata.items() if key not in _ADDED_BY_KFP}


def _unwrapped(value: Any) -> Any:  # noqa: ANN401 - JSON values
    """KFP: backend/src/v2/metadata/converter.go wraps what ML Metadata keeps as a struct."""
    if isinstance(value, dict) and len(value) == 1:
        ((kind, content),) = value.items()
        if kind in ("list", "struct"):
            return content
    return value


def _check_inputs(inputs: Mapping[str, Any], uris: Mapping[str, str]) -> None:
    for key, artifact in _artifacts(inputs):
        if not pathlib.Path(artifact["uri"]).exists():
            raise MissingInputError(
                f"the input {key} is gone: there is no file below {uris[artifact['uri']]}; run without caching once."
            )


def _make_empty(folder: pathlib.Path) -> None:
    """As TFX's own launcher does; a container that starts again in its pod may find what it left when it was killed."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)

"""KFP's driver: what a task reads, and where it may write."""

import uuid
from typing import Any

from tests.kubeflow.emulator.compiled_pipeline import CompiledPipeline, Task
from tests.kubeflow.emulator.metadata_store import RecordedArtifact

_PYTHON_TYPES = {
    "STRING": str,
    "NUMBER_INTEGER": int,
    "NUMBER_DOUBLE": float | int,
    "BOOLEAN": bool,
    "LIST": list,
    "STRUCT": dict,
}
_LOGS = "executor-logs"


class DriverError(Exception):
    """KFP refuses the run, or fails the task before its container starts."""


def run_parameters(pipeline: CompiledPipeline, given: dict[str, Any]) -> dict[str, Any]:
    """Completes and checks the parameters of a run (v2_template.go)."""
    if unknown := set(given) - set(pipeline.parameters):
        raise DriverError(f"unknown parameters {sorted(unknown)}")
    values = {}
    for name, spec in pipeline.parameters.items():
        if name not in given and "defaultValue" not in spec and not spec.get("isOptional"):
            raise DriverError(
                f"parameter {name} is not optional, yet has neither default value nor user provided value"
            )
        values[name] = given.get(name, spec.get("defaultValue"))
        if not isinstance(values[name], _PYTHON_TYPES[spec["parameterType"]]):
            raise DriverError(f"parameter {name} is no {spec['parameterType']}: {values[name]!r}")
    return values


def executor_input(
    task: Task, root: str, parameters: dict[str, Any], outputs: dict[str, dict[str, RecordedArtifact]]
) -> dict[str, Any]:
    """Resolves the inputs of a task and provisions its outputs.

    Args:
        task: the task.
        root: URI of the run.
        parameters: of the run.
        outputs: task -> key -> artifact, of the tasks that have ended.

    Returns:
        ExecutorInput, as JSON.
    """
    given = task.spec.get("inputs", {})
    artifacts = {}
    for key, source in given.get("artifacts", {}).items():
        producer = source["taskOutputArtifact"]
        artifact = outputs[producer["producerTask"]][producer["outputArtifactKey"]]
        artifacts[key] = {"artifacts": [artifact.as_input()]}
    folder = f"{root}/{task.id}/{uuid.uuid4()}"
    declared = task.component.get("outputDefinitions", {}).get("artifacts", {})
    types = {key: spec["artifactType"] for key, spec in declared.items()} | {_LOGS: {"schemaTitle": "system.Artifact"}}
    return {
        "inputs": {
            "parameterValues": {k: _value(k, v, parameters) for k, v in given.get("parameters", {}).items()},
            "artifacts": artifacts,
        },
        "outputs": {
            "artifacts": {
                key: {"artifacts": [{"name": key, "type": artifact_type, "uri": f"{folder}/{key}", "metadata": {}}]}
                for key, artifact_type in types.items()
            },
            "parameters": {},
            "outputFile": f"/{folder.replace('://', '/', 1)}/output_metadata.json",
        },
    }


def _value(name: str, source: dict[str, Any], parameters: dict[str, Any]) -> Any:
    """Constants and the run's parameters; the driver knows no other source that TFX writes (resolve.go)."""
    if "componentInputParameter" in source:
        return parameters[source["componentInputParameter"]]
    if set(source.get("runtimeValue", {})) != {"constant"}:
        raise DriverError(f"param runtime value spec of {name} not implemented: {source}")
    return source["runtimeValue"]["constant"]

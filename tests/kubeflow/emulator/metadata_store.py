"""What KFP keeps of runs: artifacts with their numbers, and the executions that a later one may be spared by."""

import dataclasses
import hashlib
import itertools
import json
import threading
from typing import Any

from tests.kubeflow.emulator.compiled_pipeline import Task
from tests.kubeflow.emulator.converter import record


@dataclasses.dataclass(frozen=True)
class RecordedArtifact:
    """An output.

    Attributes:
        id: KFP's number, the same when an execution is reused.
        uri: where it lies.
        metadata: as ML Metadata keeps it.
    """

    id: int
    uri: str
    metadata: dict[str, Any]

    def as_input(self) -> dict[str, Any]:
        """A RuntimeArtifact of a consumer: no type, the number for a name (client.go, converter.go)."""
        return {
            "name": str(self.id),
            "uri": self.uri,
            "type": {"instanceSchema": ""},
            "metadata": self.metadata,
        }


class MetadataStore:
    """Artifacts and the cache."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._executions: dict[str, dict[str, RecordedArtifact]] = {}

    def record(self, key: str, artifact: dict[str, Any]) -> RecordedArtifact:
        """Takes note of a RuntimeArtifact.

        Raises:
            MetadataError: its metadata cannot be kept.
        """
        added = {"display_name": key, "store_session_info": '{"Provider": "s3"}'}
        with self._lock:
            return RecordedArtifact(next(self._ids), artifact["uri"], record({**artifact.get("metadata", {}), **added}))

    def publish(self, fingerprint: str, outputs: dict[str, RecordedArtifact]) -> None:
        """Lets a later execution with this fingerprint be spared."""
        self._executions[fingerprint] = outputs

    def find(self, fingerprint: str) -> dict[str, RecordedArtifact] | None:
        """The outputs of an earlier execution."""
        return self._executions.get(fingerprint)


def fingerprint(task: Task, executor_input: dict[str, Any]) -> str:
    """KFP's cache key: what goes in, what shall come out, and with which container (cache.go)."""
    inputs = executor_input["inputs"]
    key = {
        "parameters": inputs["parameterValues"],
        "artifacts": {name: [a["name"] for a in v["artifacts"]] for name, v in inputs["artifacts"].items()},
        "outputs": task.component.get("outputDefinitions", {}),
        "container": {name: task.container.get(name) for name in ("image", "command", "args")},
    }
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()

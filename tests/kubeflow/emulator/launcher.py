"""KFP's launcher: inputs to the pod, the command, outputs to the store and into the books."""

import dataclasses
import json
import pathlib
import subprocess
from collections.abc import Callable, Mapping
from typing import Any

from google.protobuf import json_format
from kfp.pipeline_spec import pipeline_spec_pb2

from tests.kubeflow.emulator.compiled_pipeline import Task
from tests.kubeflow.emulator.metadata_store import MetadataStore, RecordedArtifact
from tests.kubeflow.emulator.object_store import ObjectStore
from tests.kubeflow.emulator.pod import pod, run

_LOGS = "executor-logs"


class TaskError(Exception):
    """The task failed.

    Attributes:
        exit_code: of the command.
        log: all that it said.
        message: its termination message.
    """

    def __init__(self, exit_code: int, log: str, message: str) -> None:
        super().__init__(f"failed to execute component: exit status {exit_code}\n{log[-4000:]}")
        self.exit_code = exit_code
        self.log = log
        self.message = message


@dataclasses.dataclass(frozen=True)
class Launcher:
    """What is the same for all tasks.

    Attributes:
        store: the buckets.
        metadata: KFP's books.
        environment: what the image and the cluster's secrets give to every process.
    """

    store: ObjectStore
    metadata: MetadataStore
    environment: Mapping[str, str]

    def execute(
        self, task: Task, executor_input: dict[str, Any], on_start: Callable[[subprocess.Popen[bytes]], None]
    ) -> dict[str, RecordedArtifact]:
        """Runs one attempt of a task.

        Returns:
            Its outputs.

        Raises:
            TaskError: its command failed.
            MetadataError: KFP cannot keep what the command said of an output.
        """
        with pod() as root:
            for artifact_list in executor_input["inputs"]["artifacts"].values():
                for artifact in artifact_list["artifacts"]:
                    self.store.download(artifact["uri"], _local(root, artifact["uri"]))
            outputs = executor_input["outputs"]
            # Their parents only (launcher_v2.go, prepareOutputFolders).
            for artifact_list in outputs["artifacts"].values():
                _local(root, artifact_list["artifacts"][0]["uri"]).parent.mkdir(parents=True, exist_ok=True)
            command = _command(task, executor_input)
            code, log = run(command, root, self._environment_of(task, root), on_start)
            if code != 0:
                raise TaskError(code, log, (root / "dev" / "termination-log").read_text())
            outcome_file = root / outputs["outputFile"].lstrip("/")
            outcome = json.loads(outcome_file.read_text()) if outcome_file.exists() else {}
            # As strictly as Go's protojson; the input too, so that the emulator writes what a driver could.
            json_format.ParseDict(executor_input, pipeline_spec_pb2.ExecutorInput())
            json_format.ParseDict(outcome, pipeline_spec_pb2.ExecutorOutput())
            return self._publish(root, outputs["artifacts"], outcome, log)

    def _environment_of(self, task: Task, root: pathlib.Path) -> dict[str, str]:
        own = {entry["name"]: entry["value"] for entry in task.container.get("env", [])}
        return {**self.environment, **own, "QUICKDRAW_POD_ROOT": str(root)}

    def _publish(
        self, root: pathlib.Path, provisioned: dict[str, Any], outcome: dict[str, Any], log: str
    ) -> dict[str, RecordedArtifact]:
        recorded = {}
        for key, artifact_list in provisioned.items():
            artifact = dict(artifact_list["artifacts"][0])
            if key == _LOGS:
                (_local(root, artifact["uri"]) / "log").parent.mkdir(parents=True)
                (_local(root, artifact["uri"]) / "log").write_text(log)
            for written in outcome.get("artifacts", {}).get(key, {}).get("artifacts", [])[:1]:
                # The type is not taken (launcher_v2.go, mergeRuntimeArtifacts).
                artifact["uri"] = written.get("uri") or artifact["uri"]
                artifact["metadata"] = {**artifact["metadata"], **written.get("metadata", {})}
            # Another place is recorded, and not uploaded, without a word.
            if artifact["uri"].startswith(("s3://", "minio://", "gs://")):
                self.store.upload(_local(root, artifact["uri"]), artifact["uri"])
            recorded[key] = self.metadata.record(key, artifact)
        return recorded


def _command(task: Task, executor_input: dict[str, Any]) -> list[str]:
    words = [*task.container.get("command", []), *task.container.get("args", [])]
    command = [word.replace("{{$}}", json.dumps(executor_input)) for word in words]
    # Linux: MAX_ARG_STRLEN.
    assert max(map(len, command)) < 131_072
    return command


def _local(root: pathlib.Path, uri: str) -> pathlib.Path:
    """LocalPathForURI."""
    scheme, _, rest = uri.partition("://")
    return root / {"gs": "gcs"}.get(scheme, scheme) / rest

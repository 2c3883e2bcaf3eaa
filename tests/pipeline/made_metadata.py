"""ML Metadata as TFX's launcher fills it, without a run."""

import pathlib
from typing import Any

from ml_metadata.proto import metadata_store_pb2

from pipeline.run_metadata import open_store

COMPLETE = metadata_store_pb2.Execution.COMPLETE
CACHED = metadata_store_pb2.Execution.CACHED
FAILED = metadata_store_pb2.Execution.FAILED


class Recorder:
    """Records the executions of nodes of the pipeline `quickdraw`."""

    def __init__(self, metadata_path: pathlib.Path) -> None:
        self._store = open_store(str(metadata_path))

    def record(
        self,
        run: str,
        node: str,
        inputs: dict[str, int] | None = None,
        outputs: dict[str, metadata_store_pb2.Artifact] | None = None,
        properties: dict[str, Any] | None = None,
        state: int = COMPLETE,
    ) -> dict[str, int]:
        """Records one execution.

        Args:
            run: the run's id.
            node: the node's id.
            inputs: ids of artifacts.
            outputs: artifacts of `artifact`, or known ones with their id, as of a cached execution.
            properties: str or int parameters.
            state: of the execution.

        Returns:
            The ids of the outputs.
        """
        execution = metadata_store_pb2.Execution(
            type_id=self._store.put_execution_type(
                metadata_store_pb2.ExecutionType(name=f"components.some.component.{node}")
            ),
            last_known_state=state,
        )
        for name, value in (properties or {}).items():
            _set(execution.custom_properties[name], value)
        known = {artifact.id: artifact for artifact in self._store.get_artifacts()}
        events = [(known[id_], _event(key, metadata_store_pb2.Event.INPUT)) for key, id_ in (inputs or {}).items()]
        events += [(made, _event(key, metadata_store_pb2.Event.OUTPUT)) for key, made in (outputs or {}).items()]
        contexts = [self._context("pipeline_run", run), self._context("node", f"quickdraw.{node}")]
        _, ids, _ = self._store.put_execution(execution, events, contexts, reuse_context_if_already_exist=True)
        return dict(zip([*(inputs or {}), *(outputs or {})], ids, strict=True)) if events else {}

    def artifact(self, type_name: str, uri: pathlib.Path, **properties: str | int) -> metadata_store_pb2.Artifact:
        """An artifact to be made."""
        artifact = metadata_store_pb2.Artifact(
            type_id=self._store.put_artifact_type(metadata_store_pb2.ArtifactType(name=type_name)), uri=str(uri)
        )
        for name, value in properties.items():
            _set(artifact.custom_properties[name], value)
        return artifact

    def known(self, artifact_id: int) -> metadata_store_pb2.Artifact:
        """An artifact that was made."""
        return self._store.get_artifacts_by_id([artifact_id])[0]

    def _context(self, type_name: str, name: str) -> metadata_store_pb2.Context:
        type_id = self._store.put_context_type(metadata_store_pb2.ContextType(name=type_name))
        return metadata_store_pb2.Context(type_id=type_id, name=name)


def _event(key: str, kind: int) -> metadata_store_pb2.Event:
    event = metadata_store_pb2.Event(type=kind)
    event.path.steps.add(key=key)
    event.path.steps.add(index=0)
    return event


def _set(value: metadata_store_pb2.Value, content: str | int) -> None:
    if isinstance(content, int):
        value.int_value = content
    else:
        value.string_value = content

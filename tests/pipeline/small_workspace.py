"""A workspace as a run leaves it that came no further than StatisticsGen."""

import pathlib
from typing import Any

from ml_metadata.proto import metadata_store_pb2

from pipeline.run_metadata import open_store
from tests.components.data_gate.made_statistics import Splits, write_statistics


def make_workspace(folder: pathlib.Path, splits: Splits) -> pathlib.Path:
    """Writes the statistics of splits, and records them as TFX's launcher does.

    Returns:
        The folder of the statistics.
    """
    uri = folder / "artifacts" / "StatisticsGen" / "statistics" / "3"
    write_statistics(uri, splits)
    store = open_store(str(folder / "metadata.sqlite"))
    types: dict[str, Any] = {
        "execution": store.put_execution_type(metadata_store_pb2.ExecutionType(name="StatisticsGen")),
        "artifact": store.put_artifact_type(metadata_store_pb2.ArtifactType(name="ExampleStatistics")),
        "context": store.put_context_type(metadata_store_pb2.ContextType(name="node")),
    }
    execution = metadata_store_pb2.Execution(
        type_id=types["execution"], last_known_state=metadata_store_pb2.Execution.COMPLETE
    )
    artifact = metadata_store_pb2.Artifact(type_id=types["artifact"], uri=str(uri))
    event = metadata_store_pb2.Event(type=metadata_store_pb2.Event.OUTPUT)
    event.path.steps.add(key="statistics")
    event.path.steps.add(index=0)
    context = metadata_store_pb2.Context(type_id=types["context"], name="quickdraw.StatisticsGen")
    store.put_execution(execution, [(artifact, event)], [context], reuse_context_if_already_exist=True)
    return uri

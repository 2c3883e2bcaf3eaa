"""Reads what ML Metadata knows of runs: which nodes ran or were cached, and where their outputs lie."""

import dataclasses
import pathlib

import ml_metadata as mlmd
from ml_metadata.proto import metadata_store_pb2

_FINISHED = {metadata_store_pb2.Execution.COMPLETE: "ran", metadata_store_pb2.Execution.CACHED: "cached"}


@dataclasses.dataclass(frozen=True)
class NodeRun:
    """What a node did in a run.

    Attributes:
        state: "ran", "cached" or "failed".
        outputs: folder of the node's output for each output key.
    """

    state: str
    outputs: dict[str, str]


def read_node_run(metadata_path: str, pipeline_name: str, node_id: str) -> NodeRun | None:
    """Looks up a node's latest execution.

    Args:
        metadata_path: SQLite file of ML Metadata.
        pipeline_name: the pipeline's name.
        node_id: the node's id.

    Returns:
        What it did; None if it has never been started.
    """
    store = open_store(metadata_path)
    executions = executions_of(store, pipeline_name, node_id)
    if not executions:
        return None
    latest = executions[-1]
    return NodeRun(_FINISHED.get(latest.last_known_state, "failed"), _output_uris(store, latest.id))


def newest_output(metadata_path: str, pipeline_name: str, node_id: str, key: str) -> pathlib.Path | None:
    """Looks up what a node made when it last finished, even if a later node or run failed.

    Args:
        metadata_path: SQLite file of ML Metadata; may be missing.
        pipeline_name: the pipeline's name.
        node_id: the node's id.
        key: output key.

    Returns:
        The output's folder; None if the node has never finished or the folder is gone.
    """
    if not pathlib.Path(metadata_path).is_file():
        return None
    store = open_store(metadata_path)
    finished = [e for e in executions_of(store, pipeline_name, node_id) if e.last_known_state in _FINISHED]
    if not finished:
        return None
    folder = pathlib.Path(_output_uris(store, finished[-1].id)[key])
    return folder if folder.is_dir() else None


def pushed_versions(metadata_path: str, run_key: str) -> list[int]:
    """Lists the versions that a run pushed, whether they are still there or not.

    Args:
        metadata_path: SQLite file of ML Metadata; may be missing.
        run_key: what defines the run.

    Returns:
        Versions, ascending.
    """
    if not pathlib.Path(metadata_path).is_file():
        return []
    store = open_store(metadata_path)
    versions = set()
    for artifact in store.get_artifacts_by_type("PushedModel"):
        properties = artifact.custom_properties
        if properties["run_key"].string_value == run_key and properties["pushed"].int_value:
            versions.add(int(properties["pushed_version"].string_value))
    return sorted(versions)


def open_store(metadata_path: str) -> mlmd.MetadataStore:
    """Opens the SQLite store.

    Args:
        metadata_path: SQLite file, made if missing.

    Returns:
        A connected store.
    """
    config = metadata_store_pb2.ConnectionConfig()
    config.sqlite.filename_uri = metadata_path
    config.sqlite.connection_mode = metadata_store_pb2.SqliteMetadataSourceConfig.READWRITE_OPENCREATE
    return mlmd.MetadataStore(config)


def executions_of(store: mlmd.MetadataStore, pipeline_name: str, node_id: str) -> list[metadata_store_pb2.Execution]:
    """A node's executions, oldest first."""
    context = store.get_context_by_type_and_name("node", f"{pipeline_name}.{node_id}")
    executions = store.get_executions_by_context(context.id) if context is not None else []
    return sorted(executions, key=lambda execution: execution.id)


def _output_uris(store: mlmd.MetadataStore, execution_id: int) -> dict[str, str]:
    output_types = (metadata_store_pb2.Event.OUTPUT, metadata_store_pb2.Event.DECLARED_OUTPUT)
    events = [e for e in store.get_events_by_execution_ids([execution_id]) if e.type in output_types]
    uris = {artifact.id: artifact.uri for artifact in store.get_artifacts_by_id([e.artifact_id for e in events])}
    return {event.path.steps[0].key: uris[event.artifact_id] for event in events}

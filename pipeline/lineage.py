"""From a pushed version back to the data: what ML Metadata knows of each node that had a part in it."""

import dataclasses
import datetime
import json
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

import ml_metadata as mlmd
from ml_metadata.proto import metadata_store_pb2

from pipeline.config import PIPELINE_NAME
from pipeline.run_metadata import executions_of, open_store

# It is no ancestor of the model: Transform waits for it, and reads nothing of it.
_APPROVAL_NODE = "DataGate"
_MOST_HOPS = 100
_OUTPUTS = (metadata_store_pb2.Event.OUTPUT, metadata_store_pb2.Event.DECLARED_OUTPUT)


@dataclasses.dataclass(frozen=True)
class Step:
    """A node's execution that had a part in a version.

    Attributes:
        node: the node's id.
        execution: its number in ML Metadata.
        finished: when it ended, UTC.
        properties: its parameters; what is JSON text in ML Metadata is parsed.
        outputs: the folder of each output key, whether it is still there or not.
    """

    node: str
    execution: int
    finished: datetime.datetime
    properties: Mapping[str, Any]
    outputs: Mapping[str, pathlib.Path]


def read_lineage(metadata_path: str, version: int, run_key: str) -> list[Step]:
    """Walks back from a pushed version.

    A node that the run took from the cache is told as the execution that really ran.

    Args:
        metadata_path: SQLite file of ML Metadata; may be missing.
        version: the version that a run pushed.
        run_key: of that run, as the Pusher wrote it beside the model.

    Returns:
        The Pusher's execution first, then every one it rests on and the approval of the data, the latest first; empty
        if no run of this workspace pushed the version.
    """
    if not pathlib.Path(metadata_path).is_file():
        return []
    store = open_store(metadata_path)
    pusher = _find_pusher(store, version, run_key)
    if pusher is None:
        return []
    starts = [pusher, *_origins_beside(store, pusher, _APPROVAL_NODE)]
    graph = _upstream(store, starts)
    ran = [e for e in graph.executions if e.last_known_state == metadata_store_pb2.Execution.COMPLETE]
    return [_step(store, execution) for execution in sorted(ran, key=lambda e: e.id, reverse=True)]


def _find_pusher(store: mlmd.MetadataStore, version: int, run_key: str) -> int | None:
    """The execution that pushed: a later one of the same run may have recognized the version."""
    try:
        artifacts = store.get_artifacts_by_type("PushedModel")
    except mlmd.errors.NotFoundError:
        return None
    wanted = (str(version), run_key)
    ids = [
        artifact.id
        for artifact in artifacts
        if tuple(artifact.custom_properties[name].string_value for name in ("pushed_version", "run_key")) == wanted
    ]
    events = store.get_events_by_artifact_ids(ids) if ids else []
    return min((event.execution_id for event in events if event.type in _OUTPUTS), default=None)


def _origins_beside(store: mlmd.MetadataStore, execution_id: int, node: str) -> set[int]:
    """The executions that made what a node handed on in the run of another execution, be it from the cache."""
    runs = {
        context.id
        for context in store.get_contexts_by_execution(execution_id)
        if store.get_context_types_by_id([context.type_id])[0].name == "pipeline_run"
    }
    in_run = {execution.id for run in runs for execution in store.get_executions_by_context(run)}
    beside = [execution.id for execution in executions_of(store, PIPELINE_NAME, node) if execution.id in in_run]
    handed_on = [e.artifact_id for e in store.get_events_by_execution_ids(beside) if e.type in _OUTPUTS]
    return {event.execution_id for event in store.get_events_by_artifact_ids(handed_on) if event.type in _OUTPUTS}


def _upstream(store: mlmd.MetadataStore, execution_ids: Iterable[int]) -> metadata_store_pb2.LineageGraph:
    options = metadata_store_pb2.LineageSubgraphQueryOptions(
        starting_executions=metadata_store_pb2.LineageSubgraphQueryOptions.StartingNodes(
            filter_query=f"id IN ({', '.join(map(str, execution_ids))})"
        ),
        max_num_hops=_MOST_HOPS,
        direction=metadata_store_pb2.LineageSubgraphQueryOptions.UPSTREAM,
    )
    return store.get_lineage_subgraph(options)


def _step(store: mlmd.MetadataStore, execution: metadata_store_pb2.Execution) -> Step:
    events = [e for e in store.get_events_by_execution_ids([execution.id]) if e.type in _OUTPUTS]
    uris = {artifact.id: artifact.uri for artifact in store.get_artifacts_by_id([e.artifact_id for e in events])}
    return Step(
        node=execution.type.rpartition(".")[2],
        execution=execution.id,
        finished=datetime.datetime.fromtimestamp(
            execution.last_update_time_since_epoch / 1000, tz=datetime.timezone.utc
        ),
        properties={name: _parse(value) for name, value in sorted(execution.custom_properties.items())},
        outputs={event.path.steps[0].key: pathlib.Path(uris[event.artifact_id]) for event in events},
    )


def _parse(value: metadata_store_pb2.Value) -> Any:  # noqa: ANN401 - JSON values
    plain = getattr(value, value.WhichOneof("value"))
    if isinstance(plain, str) and plain.startswith(("{", "[")):
        return json.loads(plain)
    return plain

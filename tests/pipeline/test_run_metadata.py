import pathlib

import pytest
from ml_metadata.proto import metadata_store_pb2

from pipeline.run_metadata import newest_output, open_store, pushed_versions, read_node_run


@pytest.fixture
def metadata_path(tmp_path: pathlib.Path) -> str:
    return str(tmp_path / "metadata.sqlite")


def record(metadata_path: str, state: int, version: int, run_key: str, uri: str = "") -> None:
    """One execution of the node Pusher, as TFX's launcher records it."""
    store = open_store(metadata_path)
    execution_type = store.put_execution_type(metadata_store_pb2.ExecutionType(name="Pusher"))
    artifact_type = store.put_artifact_type(metadata_store_pb2.ArtifactType(name="PushedModel"))
    context_type = store.put_context_type(metadata_store_pb2.ContextType(name="node"))
    execution = metadata_store_pb2.Execution(type_id=execution_type, last_known_state=state)
    artifact = metadata_store_pb2.Artifact(type_id=artifact_type, uri=uri or f"/artifacts/{version}")
    artifact.custom_properties["pushed"].int_value = int(version > 0)
    artifact.custom_properties["pushed_version"].string_value = str(version)
    artifact.custom_properties["run_key"].string_value = run_key
    event = metadata_store_pb2.Event(type=metadata_store_pb2.Event.OUTPUT)
    event.path.steps.add(key="pushed_model")
    event.path.steps.add(index=0)
    context = metadata_store_pb2.Context(type_id=context_type, name="quickdraw.Pusher")
    store.put_execution(execution, [(artifact, event)], [context], reuse_context_if_already_exist=True)


def test_a_node_that_never_started_is_none(metadata_path: str) -> None:
    assert read_node_run(metadata_path, "quickdraw", "Pusher") is None


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (metadata_store_pb2.Execution.COMPLETE, "ran"),
        (metadata_store_pb2.Execution.CACHED, "cached"),
        (metadata_store_pb2.Execution.FAILED, "failed"),
        (metadata_store_pb2.Execution.RUNNING, "failed"),
    ],
)
def test_the_latest_execution_counts(metadata_path: str, state: int, word: str) -> None:
    record(metadata_path, metadata_store_pb2.Execution.COMPLETE, 1, "a")
    record(metadata_path, state, 2, "a")
    node_run = read_node_run(metadata_path, "quickdraw", "Pusher")
    assert node_run is not None
    assert (node_run.state, node_run.outputs) == (word, {"pushed_model": "/artifacts/2"})


def test_pushed_versions_are_those_of_the_run(metadata_path: str) -> None:
    assert pushed_versions(metadata_path, "a") == []
    for version, key in ((30, "a"), (10, "a"), (20, "b"), (0, "a")):
        record(metadata_path, metadata_store_pb2.Execution.COMPLETE, version, key)
    assert pushed_versions(metadata_path, "a") == [10, 30]
    assert pushed_versions(metadata_path, "none") == []


def test_the_newest_output_is_that_of_the_last_run_that_finished(metadata_path: str, tmp_path: pathlib.Path) -> None:
    def newest() -> pathlib.Path | None:
        return newest_output(metadata_path, "quickdraw", "Pusher", "pushed_model")

    assert newest() is None
    assert not pathlib.Path(metadata_path).exists()
    complete, failed = metadata_store_pb2.Execution.COMPLETE, metadata_store_pb2.Execution.FAILED
    for version, state in (("1", complete), ("2", complete), ("3", failed)):
        (tmp_path / version).mkdir()
        record(metadata_path, state, int(version), "a", str(tmp_path / version))
    assert newest() == tmp_path / "2"
    assert newest_output(metadata_path, "quickdraw", "Trainer", "model") is None
    (tmp_path / "2").rmdir()
    assert newest() is None

import datetime
import pathlib

import pytest

from pipeline.lineage import Step, read_lineage
from pipeline.run_metadata import open_store
from tests.pipeline.recorded_runs import record_two_runs


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("workspace")
    record_two_runs(folder)
    return folder


def lineage(workspace: pathlib.Path, version: int, run_key: str) -> list[Step]:
    return read_lineage(str(workspace / "metadata.sqlite"), version, run_key)


def test_goes_back_from_the_push_to_the_data(workspace: pathlib.Path) -> None:
    steps = lineage(workspace, 100, "key-a")
    assert [(step.node, step.execution) for step in steps] == [
        ("Pusher", 6),
        ("Trainer", 5),
        ("Transform", 4),
        ("DataGate", 3),
        ("DrawingExampleGen", 2),
    ]
    artifacts = workspace / "artifacts"
    assert steps[0].outputs == {"pushed_model": artifacts / "push-a"}
    assert steps[-1].outputs == {"examples": artifacts / "examples"}
    assert steps[-1].properties == {
        "code_fingerprint": "c1",
        "data_dir": "/data",
        "data_fingerprint": "f1",
        "words": "",
    }
    assert steps[3].properties["policy"] == {"skew": "fail"}
    now = datetime.datetime.now(datetime.timezone.utc)
    assert all(now - step.finished < datetime.timedelta(minutes=5) for step in steps)


def test_what_came_from_the_cache_is_told_as_what_really_ran(workspace: pathlib.Path) -> None:
    assert [(step.node, step.execution) for step in lineage(workspace, 200, "key-b")] == [
        ("Pusher", 10),
        ("Trainer", 9),
        ("Transform", 4),
        ("DataGate", 3),
        ("DrawingExampleGen", 2),
    ]


@pytest.mark.parametrize(("version", "run_key"), [(100, "key-b"), (300, "key-a"), (100, "")])
def test_a_version_that_no_run_pushed_has_none(workspace: pathlib.Path, version: int, run_key: str) -> None:
    assert lineage(workspace, version, run_key) == []


def test_a_workspace_without_runs_knows_nothing(tmp_path: pathlib.Path) -> None:
    assert lineage(tmp_path, 100, "key-a") == []
    assert list(tmp_path.iterdir()) == []
    open_store(str(tmp_path / "metadata.sqlite"))
    assert lineage(tmp_path, 100, "key-a") == []

import pathlib
import re

import pytest

from components.errors import UsageError
from tests.components.pusher.made_registry import make_version
from tests.pipeline.cli.models.verb import run
from tests.pipeline.recorded_runs import record_two_runs


@pytest.fixture
def recorded(tmp_path: pathlib.Path) -> pathlib.Path:
    """A workspace of two runs; version 300 is a copy of the first one's, version 400 came from elsewhere."""
    record_two_runs(tmp_path)
    registry = tmp_path / "models" / "quickdraw"
    make_version(registry, 100, {"run_key": "key-a", "pushed_at": "2025-11-30T08:15:00+00:00"})
    make_version(registry, 200, {"run_key": "key-b"})
    copy = {"run_key": "key-a", "rollback_of": 100, "first_version": 100, "rolled_back_from": 200}
    make_version(registry, 300, copy)
    make_version(registry, 400, {"run_key": "key-a"})
    return tmp_path


def show(workspace: pathlib.Path, version: str) -> list[str]:
    printed = run("show", version, "--lineage", "--workspace", str(workspace))
    # A test's folder is deep, so lines are wrapped.
    printed = re.sub(r"\n {4,}", " ", printed)
    without_times = re.sub(r"20\d\d-\d\d-\d\d \d\d:\d\d:\d\d UTC", "TIME", printed)
    return without_times.rstrip().replace(str(workspace), "WS").split("\n\n")


def test_a_section_a_node_from_the_push_back_to_the_data(recorded: pathlib.Path) -> None:
    assert show(recorded, "100") == [
        "version 100\n  pushed (UTC)  2025-11-30 08:15:00\n  in            WS/models/quickdraw/100",
        "Pusher, execution 6, TIME\n"
        "  run              key-a\n"
        "  code             c3\n"
        "  -> pushed_model  WS/artifacts/push-a",
        "Trainer, execution 5, TIME\n"
        "  preset      ten\n"
        "  training    t-a\n"
        "  examples    d1\n"
        "  warm start  none, fresh weights\n"
        "  code        c2\n"
        "  -> model    WS/artifacts/model-a",
        "Transform, execution 4, TIME\n  -> transformed_examples  WS/artifacts/transformed (gone)",
        "DataGate, execution 3, TIME\n  data         d1\n  policy.skew  fail\n  -> approval  WS/artifacts/approval",
        "DrawingExampleGen, execution 2, TIME\n"
        "  from         /data\n"
        "  fingerprint  f1\n"
        "  code         c1\n"
        "  -> examples  WS/artifacts/examples",
    ]


def test_a_warm_start_names_the_version_it_began_from(recorded: pathlib.Path) -> None:
    trainer = show(recorded, "200")[2]
    assert "  warm start  version 100, WS/models/quickdraw/100/assets.extra/network.keras (gone)\n" in trainer


def test_a_rollback_goes_back_to_the_run_that_pushed_first(recorded: pathlib.Path) -> None:
    start, pusher, *_ = show(recorded, "300")
    assert start.splitlines()[3:] == [
        "  rollback of      100, when 200 served",
        "  first pushed as  100, by the Pusher below",
    ]
    assert pusher.startswith("Pusher, execution 6, ")


def test_a_version_from_elsewhere_is_one_sentence(recorded: pathlib.Path, workspace: pathlib.Path) -> None:
    sentence = r"^version {} was not pushed by a run of this workspace: .*metadata\.sqlite does not know it\.$"
    with pytest.raises(UsageError, match=sentence.format(400)):
        show(recorded, "400")
    with pytest.raises(UsageError, match=sentence.format(1700000000)):
        show(workspace, "1700000000")

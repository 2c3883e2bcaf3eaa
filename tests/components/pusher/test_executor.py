import json
import os
import pathlib
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from tfx.types import standard_artifacts

from components.evaluator.verdict import write_verdict
from components.pusher.executor import Executor
from components.pusher.push import read_run
from components.pusher.registry import list_versions

VERDICT: dict[str, Any] = {"baseline_version": 0, "metrics": {"accuracy": 0.75}, "checks": [], "examples": 157}


@pytest.fixture
def run_pusher(tmp_path: pathlib.Path, saved_model: pathlib.Path) -> Callable[..., dict[str, Any]]:
    """Runs the executor; returns push.json."""

    def run(
        blessed: bool,
        run_key: str = "run",
        verdict: dict[str, Any] | None = None,
        keep: int = 0,
        training_key: str = "",
    ) -> dict[str, Any]:
        model, blessing = standard_artifacts.Model(), standard_artifacts.ModelBlessing()
        model.uri = str(tmp_path / "model")
        if not (tmp_path / "model").exists():
            shutil.copytree(saved_model, tmp_path / "model" / "Format-Serving")
        model.set_string_custom_property("training_key", training_key)
        blessing.uri = str(tmp_path / "blessing")
        blessing.set_int_custom_property("blessed", int(blessed))
        pushed = standard_artifacts.PushedModel()
        pushed.uri = str(tmp_path / "pushed")
        (tmp_path / "pushed").mkdir(exist_ok=True)
        inputs = {"model": [model], "model_blessing": [blessing]}
        if verdict:
            evaluation = standard_artifacts.ModelEvaluation()
            evaluation.uri = str(tmp_path / "evaluation")
            (tmp_path / "evaluation").mkdir(exist_ok=True)
            write_verdict(evaluation.uri, verdict)
            inputs["evaluation"] = [evaluation]
        Executor().Do(
            inputs,
            {"pushed_model": [pushed]},
            {"registry": str(tmp_path / "registry"), "run_key": run_key, "warm_start": "", "keep": keep},
        )
        outcome = json.loads((tmp_path / "pushed" / "push.json").read_text())
        assert pushed.get_int_custom_property("pushed") == outcome["pushed"]
        assert pushed.get_string_custom_property("pushed_version") == str(outcome["version"])
        assert pushed.get_string_custom_property("run_key") == (run_key or training_key)
        return outcome

    return run


def test_not_blessed_is_not_pushed(run_pusher: Callable[..., dict[str, Any]], tmp_path: pathlib.Path) -> None:
    outcome = run_pusher(blessed=False)
    assert outcome == {"pushed": False, "version": 0, "path": "", "sentence": "not pushed: the model is not blessed."}
    assert list_versions(tmp_path / "registry") == []


def test_a_run_is_pushed_once(run_pusher: Callable[..., dict[str, Any]], tmp_path: pathlib.Path) -> None:
    first = run_pusher(blessed=True, verdict=VERDICT)
    again = run_pusher(blessed=True)
    assert read_run(pathlib.Path(first["path"]))["metrics"] == {"accuracy": 0.75}
    assert first["sentence"] == f"pushed as version {first['version']}."
    assert again["version"] == first["version"]
    assert again["sentence"] == f"version {first['version']} of this very run is already serving."
    assert list_versions(tmp_path / "registry") == [first["version"]]


def test_a_run_that_another_has_replaced_is_pushed_again(run_pusher: Callable[..., dict[str, Any]]) -> None:
    versions = [run_pusher(blessed=True, run_key=key)["version"] for key in ("a", "b", "a")]
    assert versions == sorted(set(versions))


def test_a_push_prunes_but_not_the_baseline(run_pusher: Callable[..., dict[str, Any]], tmp_path: pathlib.Path) -> None:
    registry = tmp_path / "registry"
    for version in ("3", "20", "25", "30"):
        (registry / version).mkdir(parents=True)
        (registry / version / "saved_model.pb").touch()
    long_ago = 1_700_000_000
    for folder in registry.iterdir():
        os.utime(folder, (long_ago, long_ago))
    first = run_pusher(blessed=True, verdict={**VERDICT, "baseline_version": 20}, keep=2)
    assert first["sentence"] == f"pushed as version {first['version']}. Removed: 3, 25."
    assert list_versions(registry) == [20, 30, first["version"]]

    again = run_pusher(blessed=True, keep=1)
    # 30 was replaced a moment ago.
    assert again["sentence"] == f"version {first['version']} of this very run is already serving. Removed: 20."
    assert list_versions(registry) == [30, first["version"]]
    assert run_pusher(blessed=False, keep=1)["pushed"] is False


def test_the_model_tells_its_run_where_the_graph_cannot(
    run_pusher: Callable[..., dict[str, Any]], tmp_path: pathlib.Path
) -> None:
    first = run_pusher(blessed=True, run_key="", training_key="t1")
    assert read_run(pathlib.Path(first["path"]))["run_key"] == "t1"
    again = run_pusher(blessed=True, run_key="", training_key="t1")
    assert again["sentence"] == f"version {first['version']} of this very run is already serving."
    other = run_pusher(blessed=True, run_key="", training_key="t2")
    assert list_versions(tmp_path / "registry") == [first["version"], other["version"]]

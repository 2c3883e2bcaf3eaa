"""Whole runs on a small drawn data set: pushed, cached, pushed again, not blessed, refused."""

import csv
import json
import pathlib
import shutil
import subprocess

import pytest

from components.pusher.registry import list_versions
from tests.end_to_end.commands import NODES, node_states, quickdraw, synth


@pytest.fixture(scope="module")
def doodles(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return synth(tmp_path_factory.mktemp("doodles"), words=3, per_word=80)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def first_run(doodles: pathlib.Path, workspace: pathlib.Path) -> subprocess.CompletedProcess[str]:
    return quickdraw("run", "--data", doodles, "--workspace", workspace, "--min-accuracy", "0.3")


def test_a_first_run_pushes_a_model(first_run: subprocess.CompletedProcess[str], workspace: pathlib.Path) -> None:
    assert first_run.returncode == 0, first_run.stderr
    assert first_run.stderr == ""
    assert node_states(first_run.stdout) == dict.fromkeys(NODES, "ran")
    (version,) = list_versions(workspace / "models" / "quickdraw")
    assert f"pushed as version {version}." in first_run.stdout
    assert "DrawingExampleGen" in (workspace / "report.html").read_text()
    assert (workspace / "metadata.sqlite").is_file()


def test_the_same_run_again_does_nothing_twice(
    first_run: subprocess.CompletedProcess[str], doodles: pathlib.Path, workspace: pathlib.Path
) -> None:
    again = quickdraw("run", "--data", doodles, "--workspace", workspace, "--min-accuracy", "0.3")
    assert again.returncode == 0, again.stderr
    assert node_states(again.stdout) == dict.fromkeys(NODES, "cached")
    tables = [run.stdout[run.stdout.index("rows") :] for run in (first_run, again)]
    assert tables[0] == tables[1]


@pytest.mark.exhaustive
@pytest.mark.usefixtures("first_run")
def test_a_deleted_model_is_pushed_again(doodles: pathlib.Path, workspace: pathlib.Path) -> None:
    registry = workspace / "models" / "quickdraw"
    (lost,) = list_versions(registry)
    shutil.rmtree(registry / str(lost))
    again = quickdraw("run", "--data", doodles, "--workspace", workspace, "--min-accuracy", "0.3")
    assert again.returncode == 0, again.stderr
    states = node_states(again.stdout)
    assert (states["Trainer"], states["Evaluator"], states["Pusher"]) == ("cached", "cached", "ran")
    (version,) = list_versions(registry)
    assert version > lost


@pytest.mark.usefixtures("first_run")
def test_a_model_below_the_threshold_is_not_pushed(doodles: pathlib.Path, workspace: pathlib.Path) -> None:
    before = list_versions(workspace / "models" / "quickdraw")
    refused = quickdraw("run", "--data", doodles, "--workspace", workspace, "--epochs", "1", "--min-accuracy", "1")
    assert refused.returncode == 3
    assert refused.stderr.startswith("quickdraw: the model is not blessed")
    assert refused.stderr.count("\n") == 1
    assert "FAIL: accuracy" in refused.stdout
    assert "compared with version" in refused.stdout
    states = node_states(refused.stdout)
    assert (states["DrawingExampleGen"], states["Transform"], states["Trainer"]) == ("cached", "cached", "ran")
    assert list_versions(workspace / "models" / "quickdraw") == before


def test_too_many_malformed_rows_end_with_exit_code_4(doodles: pathlib.Path, tmp_path: pathlib.Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(doodles, data)
    victim = next(data.glob("*.csv"))
    rows = list(csv.DictReader(victim.open(newline="")))
    for row in rows[:20]:
        row["drawing"] = "[[[0,1],[0]]]"
    with victim.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    workspace = tmp_path / "workspace"
    refused = quickdraw("run", "--data", data, "--workspace", workspace)
    assert refused.returncode == 4, refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "Traceback" not in refused.stderr
    assert list_versions(workspace / "models" / "quickdraw") == []
    quarantined = [json.loads(line) for file in (workspace / "quarantine").iterdir() for line in file.open()]
    assert [entry["row"] for entry in quarantined] == list(range(1, 21))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--data", "nowhere"], "nowhere"),
        (["--data", "DOODLES", "--words", "sun,hause"], "'hause'"),
        (["--data", "DOODLES", "--per-word", "0"], "--per-word must be at least 1"),
        (["--data", "DOODLES", "--preset", "huge"], "no preset 'huge'"),
        (["--data", "DOODLES", "--workspace", "/proc/nowhere"], "/proc/nowhere cannot be written to"),
    ],
)
def test_wrong_usage_is_one_sentence_and_writes_nothing(
    doodles: pathlib.Path, tmp_path: pathlib.Path, arguments: list[str], words: str
) -> None:
    given = [str(doodles) if word == "DOODLES" else word for word in arguments]
    workspace = [] if "--workspace" in given else ["--workspace", str(tmp_path / "workspace")]
    done = quickdraw("run", *given, *workspace)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

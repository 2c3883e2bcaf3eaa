"""Trainings that are killed, paused and begun from a trained model, with the command that a user gives."""

import dataclasses
import json
import pathlib
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
import tensorflow as tf

from components.pusher.registry import list_versions
from tests.end_to_end.commands import node_states, quickdraw, synth

EPOCHS = 6
# What an epoch took is no two times the same.
CLOCK = {"seconds", "cpu_seconds", "drawings_per_second"}


@dataclasses.dataclass(frozen=True)
class Case:
    """Drawings and what to train on them."""

    data: pathlib.Path
    preset: str
    num_words: int

    def command(self, workspace: pathlib.Path) -> list[str]:
        choice = ["--data", str(self.data), "--preset", self.preset, "--num-words", str(self.num_words)]
        return ["run", *choice, "--workspace", str(workspace), "--epochs", str(EPOCHS), "--min-accuracy", "0"]


_REAL = pytest.param("real", marks=[pytest.mark.exhaustive, pytest.mark.real_data])


@pytest.fixture(scope="module", params=["doodles", _REAL])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    if request.param == "real":
        return Case(request.getfixturevalue("real_data_dir") / "train_simplified", preset="ten", num_words=10)
    doodles = synth(tmp_path_factory.mktemp("doodles"), words=4, per_word=100)
    return Case(doodles, preset="demo", num_words=3)


@pytest.fixture(scope="module")
def undisturbed(case: Case, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    workspace = tmp_path_factory.mktemp("undisturbed")
    done = quickdraw(*case.command(workspace))
    assert done.returncode == 0, done.stderr
    return workspace


def histories(workspace: pathlib.Path) -> list[dict[str, list[float]]]:
    """The curves of every attempt, the newest last."""
    files = (workspace / "artifacts" / "Trainer" / "model_run").glob("*/history.json")
    return [json.loads(file.read_text()) for file in sorted(files, key=lambda file: int(file.parent.name))]


def outcome(workspace: pathlib.Path) -> tuple[dict[str, list[float]], dict[str, Any]]:
    """The curves but for the clock, and the metrics on the test split."""
    curves = {name: values for name, values in histories(workspace)[-1].items() if name not in CLOCK}
    (verdict,) = (workspace / "artifacts" / "Evaluator" / "evaluation").glob("*/verdict.json")
    return curves, json.loads(verdict.read_text())["metrics"]


def kill_after_epoch(arguments: list[str], workspace: pathlib.Path, epoch: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli.main", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        while not (found := histories(workspace)) or len(found[-1]["epochs"]) < epoch:
            assert run.poll() is None, "the run ended before it could be killed"
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)


def test_a_killed_training_goes_on_and_ends_as_if_nothing_had_been(
    case: Case, undisturbed: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    arguments = case.command(tmp_path)
    for epoch in (1, 3):
        kill_after_epoch(arguments, tmp_path, epoch)
    again = quickdraw(*arguments)
    assert again.returncode == 0, again.stderr
    states = node_states(again.stdout)
    assert (states["DrawingExampleGen"], states["Transform"], states["Trainer"]) == ("cached", "cached", "ran")
    assert "Trainer goes on after epoch 3" in again.stdout or "Trainer goes on after epoch 4" in again.stdout
    assert outcome(tmp_path) == outcome(undisturbed)
    assert not list((tmp_path / "training").iterdir())


@pytest.mark.exhaustive
def test_max_minutes_pauses_after_an_epoch_and_the_same_command_goes_on(
    case: Case, undisturbed: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    arguments = case.command(tmp_path)
    # Over before the first epoch begins, which is trained all the same: else there would be no end.
    paused = quickdraw(*arguments, "--max-minutes", "0.001")
    assert paused.returncode == 1
    assert paused.stderr == (
        "quickdraw: training paused after epoch 1 of 6, as --max-minutes asked; nothing is lost. The same command goes "
        "on from there.\n"
    )
    assert list_versions(tmp_path / "models" / "quickdraw") == []
    again = quickdraw(*arguments)
    assert again.returncode == 0, again.stderr
    assert outcome(tmp_path) == outcome(undisturbed)


def key_ids(workspace: pathlib.Path, split: str, run: int) -> set[bytes]:
    """The drawings of a split in the first (0) or the latest (-1) ingest of a workspace."""
    attempts = sorted((workspace / "artifacts" / "DrawingExampleGen" / "examples").iterdir(), key=lambda x: int(x.name))
    files = list(map(str, (attempts[run] / f"Split-{split}").iterdir()))
    spec = {"key_id": tf.io.FixedLenFeature([], tf.string)}
    records = tf.data.TFRecordDataset(files, compression_type="GZIP")
    return {tf.io.parse_single_example(record, spec)["key_id"].numpy() for record in records}


@pytest.mark.exhaustive
def test_a_warm_start_takes_over_known_words_and_has_seen_no_drawing_that_judges_it(
    case: Case, undisturbed: pathlib.Path
) -> None:
    new_word = sorted(path.stem for path in case.data.glob("*.csv"))[case.num_words].replace(" ", "_")
    more = dataclasses.replace(case, num_words=case.num_words + 1)
    arguments = [*more.command(undisturbed), "--epochs", "1", "--per-word", "60", "--warm-start", "latest"]
    (first,) = list_versions(undisturbed / "models" / "quickdraw")
    done = quickdraw(*arguments)
    # Whether so short a training is good enough to be pushed is not the question here.
    assert done.returncode in (0, 3), done.stderr
    sentence = f"{case.num_words} of {more.num_words} words known, 1 new ({new_word})."
    assert f"Trainer began from version {first}: " in done.stdout
    assert sentence in done.stdout
    assert sentence in (undisturbed / "report.html").read_text()

    seen = key_ids(undisturbed, "train", run=0)
    assert len(seen & key_ids(undisturbed, "train", run=-1)) > 50
    for split in ("eval", "test"):
        judging = key_ids(undisturbed, split, run=-1)
        assert judging
        assert not judging & seen

    again = quickdraw(*arguments)
    assert set(node_states(again.stdout).values()) == {"cached"}, again.stdout

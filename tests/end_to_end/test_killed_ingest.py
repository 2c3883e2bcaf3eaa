"""A run that is killed in the middle of its ingest, and the same command again."""

import pathlib
import signal
import subprocess
import sys
import time

import pytest

from components.example_gen.work_plan import UNIT_BYTES
from tests.components.example_gen.csv_folder import row, run_executor, write_csv
from tests.end_to_end.commands import node_states, quickdraw

WORDS = ["cat", "dog", "owl"]
# Three units of work, so that there is a middle.
ROWS_PER_WORD = 3 * UNIT_BYTES // len(WORDS) // 600
DRAWING = f"[[[{','.join(['7'] * 130)}], [{','.join(['9'] * 130)}]]]"


@pytest.fixture
def data(tmp_path: pathlib.Path) -> pathlib.Path:
    for number, word in enumerate(WORDS):
        first = number * ROWS_PER_WORD
        write_csv(
            tmp_path / "data" / f"{word}.csv",
            (row(key, word, DRAWING) for key in range(first, first + ROWS_PER_WORD)),
        )
    return tmp_path / "data"


def kill_within_ingest(arguments: list[str], examples: pathlib.Path) -> pathlib.Path:
    """Starts a run and kills it when it has read some rows; returns the folder of the attempt."""
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli.main", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        while not (spools := list(examples.glob("*/.unfinished/*.arrow"))):
            assert run.poll() is None, "the run ended before it could be killed"
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
    return spools[0].parents[1]


def shards(examples: pathlib.Path) -> dict[str, bytes]:
    """Every file of an Examples artifact."""
    return {str(path.relative_to(examples)): path.read_bytes() for path in examples.rglob("*") if path.is_file()}


def test_the_same_command_gives_the_examples_of_an_undisturbed_run(data: pathlib.Path, tmp_path: pathlib.Path) -> None:
    workspace = tmp_path / "workspace"
    examples = workspace / "artifacts" / "DrawingExampleGen" / "examples"
    command = ["run", "--data", str(data), "--workspace", str(workspace), "--per-word", "60", "--epochs", "1"]
    dead = kill_within_ingest(command, examples)
    again = quickdraw(*command, "--min-accuracy", "0")
    assert node_states(again.stdout)["DrawingExampleGen"] == "ran", again.stderr
    assert not dead.exists()
    (attempt,) = examples.iterdir()
    undisturbed = run_executor(data, tmp_path / "undisturbed", per_word=60)
    assert shards(attempt) == shards(pathlib.Path(undisturbed.examples.uri))
    assert undisturbed.summary["read"] == len(WORDS) * ROWS_PER_WORD

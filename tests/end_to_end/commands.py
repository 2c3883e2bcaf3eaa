"""Calls the command as a user does, and reads what it prints."""

import pathlib
import subprocess
import sys

NODES = [
    "DrawingExampleGen",
    "ImportSchemaGen",
    "StatisticsGen",
    "ExampleValidator",
    "DataGate",
    "Transform",
    "Trainer",
    "Baseline",
    "Evaluator",
    "Pusher",
    "Report",
]


def quickdraw(*arguments: str | pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Runs one verb to its end."""
    command = [sys.executable, "-m", "pipeline.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def synth(folder: pathlib.Path, words: int, per_word: int) -> pathlib.Path:
    """Draws a data set, and returns the folder to name with `--data`."""
    done = quickdraw("synth", "--out", folder, "--words", str(words), "--per-word", str(per_word), "--seed", "7")
    assert done.returncode == 0, done.stderr
    return folder / "train_simplified"


def node_states(output: str) -> dict[str, str]:
    """Node -> "ran" or "cached", from the lines that `quickdraw run` prints."""
    words = [line.split() for line in output.splitlines()]
    return {line[0]: line[1] for line in words if line and line[0] in NODES}

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


def node_states(output: str) -> dict[str, str]:
    """Node -> "ran" or "cached", from the lines that `quickdraw run` prints."""
    words = [line.split() for line in output.splitlines()]
    return {line[0]: line[1] for line in words if line and line[0] in NODES}

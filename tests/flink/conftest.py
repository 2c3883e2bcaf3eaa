"""One cluster over two hosts, and one run at home to compare with, for all of these tests."""

import os
import pathlib
import shutil
import subprocess

import pytest

from benchmarks.nodes import run_node
from components.errors import UsageError
from pipeline.beam_runner import beam_runner
from pipeline.config import PIPELINE_NAME
from pipeline.flink.jars_folder import find_jars
from pipeline.run_metadata import newest_output
from pipeline.runner_options import HERE
from tests.conftest import REAL_DATA
from tests.flink.hosts import two_hosts
from tests.flink.running_cluster import QUICKDRAW, running_cluster
from tests.programs import cannot_run

REQUIRED = "QUICKDRAW_FLINK_TESTS"
_OUTPUTS = {
    "examples": ("DrawingExampleGen", "examples"),
    "summary": ("DrawingExampleGen", "summary"),
    "schema": ("ImportSchemaGen", "schema"),
    "statistics": ("StatisticsGen", "statistics"),
    "transform_graph": ("Transform", "transform_graph"),
    "transformed_examples": ("Transform", "transformed_examples"),
    "model": ("Trainer", "model"),
    "baseline": ("Baseline", "model"),
}


@pytest.fixture(scope="session")
def network():
    try:
        find_jars()
    except UsageError as error:
        cannot_run(str(error), REQUIRED)
    with two_hosts() as network:
        yield network


@pytest.fixture(scope="session")
def cluster(network, tmp_path_factory):
    with running_cluster(network, tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def options(tmp_path_factory):
    """Of `quickdraw run`: ten real words, or drawn ones where there is no real data."""
    data = REAL_DATA / "train_simplified"
    if not data.is_dir():
        data = tmp_path_factory.mktemp("doodles") / "train_simplified"
        run("synth", "--out", data.parent, "--words", "10", "--per-word", "250")
    # What two epochs learn is enough to be pushed here: a submission needs a model.
    thresholds = tmp_path_factory.mktemp("gate") / "thresholds.json"
    thresholds.write_text('{"min_accuracy": 0.01, "min_map_at_3": 0.01}')
    choice = ["--num-words", "10", "--per-word", "200", "--epochs", "2"]
    return ["--data", str(data), *choice, "--thresholds", str(thresholds)]


@pytest.fixture(scope="session")
def home_workspace(options, tmp_path_factory):
    """What a run at home makes."""
    workspace = tmp_path_factory.mktemp("home")
    run("run", *options, "--workspace", workspace)
    return workspace


@pytest.fixture(scope="session")
def home(home_workspace, options, tmp_path_factory):
    """The outputs of its components in one folder, as `benchmarks.nodes` reads them."""
    folder = tmp_path_factory.mktemp("made")
    for name, (node, key) in _OUTPUTS.items():
        shutil.copytree(output(home_workspace, node, key), folder / name)
    data = options[options.index("--data") + 1]
    (folder / "ingest.json").write_text(f'{{"data_dir": "{data}", "num_words": 10, "per_word": 200}}')
    with beam_runner(HERE) as here:
        run_node("Evaluator", folder, folder, here)
    return folder


def output(workspace: pathlib.Path, node: str, key: str) -> pathlib.Path:
    """Where a node's newest output lies."""
    found = newest_output(str(workspace / "metadata.sqlite"), PIPELINE_NAME, node, key)
    assert found is not None, node
    return found


def run(*arguments: object) -> str:
    """Runs `quickdraw` to its end, and returns what it said."""
    command = [*QUICKDRAW, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout

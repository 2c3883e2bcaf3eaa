"""The compiled pipeline on the emulator: a first model, a second one that is compared with it, and a worse one.

The runs are long, so they are made once, one after the other on one cluster, and the tests look at what they left.
"""

import csv
import json
import os
import pathlib
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.kubeflow.compile_pipeline import EPOCHS
from tests.kubeflow.emulator.cluster import Cluster, TaskRun, table
from tests.kubeflow.emulator.launcher import TaskError
from tests.kubeflow.emulator.pod import give_to_tasks
from tests.kubeflow.local_cluster import ARTIFACTS, MODELS, Compiled

pytestmark = pytest.mark.exhaustive

Run = dict[str, TaskRun]
REGISTRY = f"s3://{MODELS}/quickdraw"
INGEST = {"DrawingExampleGen", "StatisticsGen", "ExampleValidator", "ImportSchemaGen", "Transform"}


@pytest.fixture(scope="module")
def runs(pytestconfig: pytest.Config) -> Iterator[dict[str, Run]]:
    """Every run of this module; at the end their tasks and times are printed."""
    runs: dict[str, Run] = {}
    yield runs
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n\n{table(runs)}")


@pytest.fixture(scope="module")
def first(cluster: Cluster, compiled: Compiled, runs: dict[str, Run]) -> Run:
    """Without a baseline, on KFP's default root."""
    runs["first"] = cluster.run(compiled.pipeline, f"minio://{ARTIFACTS}/v2/artifacts", {"data_version": "1"})
    return runs["first"]


@pytest.fixture(scope="module")
def second(cluster: Cluster, compiled: Compiled, runs: dict[str, Run], first: Run) -> Run:
    """On an S3 root, with other data as far as anybody can tell; the training is killed after an epoch."""

    def kill_training(task: str, attempt: int, process: subprocess.Popen[bytes]) -> None:
        before = states(compiled)
        while task == "Trainer" and attempt == 0 and process.poll() is None:
            if states(compiled) - before:
                os.killpg(process.pid, signal.SIGKILL)
                return
            time.sleep(0.02)

    parameters = {"data_version": "2"}
    runs["second"] = cluster.run(compiled.pipeline, f"s3://{ARTIFACTS}/root", parameters, kill_training)
    return runs["second"]


@pytest.fixture(scope="module")
def worse(cluster: Cluster, compiled: Compiled, runs: dict[str, Run], second: Run) -> Run:
    """The data of the second run, hardly looked at."""
    parameters = {"data_version": "2", "epochs": 1}
    runs["worse"] = cluster.run(compiled.pipeline, f"s3://{ARTIFACTS}/root", parameters)
    return runs["worse"]


def states(compiled: Compiled) -> set[pathlib.Path]:
    return set((compiled.workspace / "training").glob("*/state.npz"))


def states_of(run: Run) -> dict[str, str]:
    return {task: task_run.state for task, task_run in run.items()}


def versions(cluster: Cluster) -> list[int]:
    models = [key.partition("/")[0] for key in cluster.store.keys(REGISTRY) if key.endswith("saved_model.pb")]
    return sorted(int(version) for version in models)


def log(cluster: Cluster, run: Run, task: str) -> str:
    return cluster.store.read(f"{run[task].outputs['executor-logs'].uri}/log").decode()


def read_json(cluster: Cluster, run: Run, task: str, output: str, name: str) -> dict:
    return json.loads(cluster.store.read(f"{run[task].outputs[output].uri}/{name}"))


def pushed(cluster: Cluster, run: Run) -> dict:
    return read_json(cluster, run, "Pusher", "pushed_model", "push.json")


def test_the_first_model_is_pushed(cluster: Cluster, compiled: Compiled, first: Run) -> None:
    errors = {task: str(task_run.error) for task, task_run in first.items() if task_run.error}
    assert errors == {}
    assert states_of(first) == {**dict.fromkeys(compiled.pipeline.tasks, "succeeded"), "NotBlessed": "skipped"}
    assert first["Baseline"].outputs["model"].metadata["baseline_version"] == 0.0
    outcome = pushed(cluster, first)
    assert outcome["version"] == versions(cluster)[0]
    assert outcome["path"] == f"{REGISTRY}/{outcome['version']}"


def test_every_output_lies_in_the_store_and_nothing_names_a_pod(cluster: Cluster, first: Run) -> None:
    for task, task_run in first.items():
        for key, artifact in task_run.outputs.items():
            assert artifact.uri.startswith(f"minio://{ARTIFACTS}/v2/artifacts/quickdraw/"), (task, key)
            assert cluster.store.keys(artifact.uri), (task, key)
            assert "/pod-" not in json.dumps(artifact.metadata), (task, key)
    blessing = first["Evaluator"].outputs["blessing"].metadata
    model = first["Trainer"].outputs["model"]
    assert (blessing["current_model"], blessing["current_model_id"]) == (model.uri, str(model.id))
    assert cluster.store.keys(first["Report"].outputs["report"].uri) == ["report.html"]


def test_the_second_model_is_compared_with_the_first(cluster: Cluster, first: Run, second: Run) -> None:
    version = pushed(cluster, first)["version"]
    assert states_of(second) == {**states_of(first), "ImportSchemaGen": "cached"}
    assert second["Baseline"].outputs["model"].metadata["baseline_version"] == version
    verdict = read_json(cluster, second, "Evaluator", "evaluation", "verdict.json")
    assert verdict["baseline_version"] == version
    assert verdict["baseline_sentence"].startswith(f"compared with version {version} on the same")
    baseline = second["Baseline"].outputs["model"]
    blessing = second["Evaluator"].outputs["blessing"].metadata
    assert (blessing["baseline_model"], blessing["baseline_model_id"]) == (baseline.uri, str(baseline.id))
    assert versions(cluster) == [version, pushed(cluster, second)["version"]]


def test_a_killed_training_goes_on_in_the_next_pod(cluster: Cluster, second: Run) -> None:
    trainer = second["Trainer"]
    assert trainer.attempts == 2
    assert isinstance(trainer.error, TaskError)
    assert trainer.error.exit_code == -signal.SIGKILL
    assert "Trainer goes on after epoch " in log(cluster, second, "Trainer")
    history = read_json(cluster, second, "Trainer", "model_run", "history.json")
    assert history["epochs"] == list(range(1, EPOCHS + 1))


def test_a_worse_model_is_not_pushed(cluster: Cluster, first: Run, second: Run, worse: Run) -> None:
    expected = dict.fromkeys(INGEST, "cached") | {"NotBlessed": "failed"}
    assert states_of(worse) == {**states_of(first), **expected}
    assert pushed(cluster, worse)["sentence"] == "not pushed: the model is not blessed."
    assert versions(cluster) == [pushed(cluster, run)["version"] for run in (first, second)]
    report = cluster.store.read(f"{worse['Report'].outputs['report'].uri}/report.html").decode()
    assert "Nothing pushed</h1>" in report


def test_the_run_that_pushed_nothing_says_why(cluster: Cluster, second: Run, worse: Run) -> None:
    error = worse["NotBlessed"].error
    assert isinstance(error, TaskError)
    assert (error.exit_code, worse["NotBlessed"].attempts) == (3, 1)
    assert error.message.startswith("quickdraw: the model is not blessed, so nothing was pushed: ")
    assert f"Version {pushed(cluster, second)['version']} goes on serving" in error.message
    assert error.log.splitlines()[-1] == error.message


def test_refused_data_ends_the_run(cluster: Cluster, compiled: Compiled, runs: dict[str, Run], worse: Run) -> None:
    folder = compiled.workspace / "refused"
    folder.mkdir()
    for word in ("ant", "bee"):
        with (folder / f"{word}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["countrycode", "drawing", "key_id", "recognized", "timestamp", "word"])
            writer.writerows(["DE", "[[[0,1],[0]]]", number, "True", "", word] for number in range(100))
    give_to_tasks(folder)
    parameters = {"data": str(folder), "data_version": "3"}
    run = runs["refused"] = cluster.run(compiled.pipeline, f"s3://{ARTIFACTS}/root", parameters)
    error = run["DrawingExampleGen"].error
    assert isinstance(error, TaskError)
    assert error.exit_code == 4
    assert error.message.startswith("quickdraw: ")
    assert error.log.splitlines()[-1] == error.message
    ended = {"DrawingExampleGen": "failed", "ImportSchemaGen": "cached", "Baseline": "succeeded"}
    assert states_of(run) == {**dict.fromkeys(compiled.pipeline.tasks, "omitted"), **ended}
    assert {path.name for path in (compiled.workspace / "quarantine").iterdir()} == {"ant.jsonl", "bee.jsonl"}


def test_a_missing_input_is_named(cluster: Cluster, compiled: Compiled, runs: dict[str, Run], second: Run) -> None:
    graph = second["Transform"].outputs["transform_graph"].uri
    cluster.store.delete(graph)
    run = runs["missing"] = cluster.run(compiled.pipeline, f"s3://{ARTIFACTS}/root", {"data_version": "2", "epochs": 2})
    trainer = run["Trainer"]
    assert (run["Transform"].state, trainer.state, trainer.attempts) == ("cached", "failed", 3)
    assert isinstance(trainer.error, TaskError)
    assert trainer.error.message == (
        f"quickdraw: the input transform_graph is gone: there is no file below {graph}; run without caching once."
    )
    assert run["Evaluator"].state == "omitted"

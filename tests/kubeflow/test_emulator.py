"""What the emulator promises, with tasks that are lines of Python."""

import os
import pathlib
import signal
import subprocess
from typing import Any

import pytest

from tests.kubeflow.emulator.cluster import Cluster
from tests.kubeflow.emulator.conditions import holds
from tests.kubeflow.emulator.converter import MetadataError, record
from tests.kubeflow.emulator.driver import DriverError
from tests.kubeflow.emulator.launcher import TaskError
from tests.kubeflow.emulator.pod import is_root
from tests.kubeflow.emulator_pipelines import make_pipeline, make_task, writing
from tests.kubeflow.local_cluster import ARTIFACTS

ROOT = f"minio://{ARTIFACTS}/tiny"
CACHED = {"cachingOptions": {"enableCache": True}}
SHOW_INPUT = (
    "model = given['inputs']['artifacts']['in']['artifacts'][0];"
    "print(json.dumps(model), pathlib.Path(root, model['uri'].replace('://', '/', 1), 'file').read_text())"
)


def test_an_output_reaches_the_next_task_without_its_type(cluster: Cluster) -> None:
    maker = make_task("maker", writing("hello", {"n": 1, "flag": True, "words": ["ant"]}), outputs=("out",))
    reader = make_task("reader", SHOW_INPUT, inputs={"in": "maker"})
    done = cluster.run(make_pipeline(maker, reader), ROOT)
    artifact = done["maker"].outputs["out"]
    log = cluster.store.read(f"{done['reader'].outputs['executor-logs'].uri}/log").decode()
    shown, text = log.rsplit("} ", 1)
    assert text == "hello\n"
    assert f'"name": "{artifact.id}", "uri": "{artifact.uri}", "type": {{"instanceSchema": ""}}' in shown
    assert '"metadata": {"n": 1.0, "flag": 1, "words": {"list": ["ant"]}, "display_name": "out"' in shown


@pytest.mark.parametrize(("value", "state"), [(0, "skipped"), (1, "succeeded")])
def test_a_condition(cluster: Cluster, value: int, state: str) -> None:
    condition = "(inputs.artifacts['in'].artifacts[0].metadata['blessed'] == 1.0)"
    maker = make_task("maker", writing("x", {"blessed": value}), outputs=("out",))
    pusher = make_task("pusher", writing("y"), {"in": "maker"}, ("out",), triggerPolicy={"condition": condition})
    behind = make_task("behind", "pass", inputs={"in": "pusher"})
    done = cluster.run(make_pipeline(maker, pusher, behind), ROOT)
    assert done["pusher"].state == state
    assert done["behind"].state == ("omitted" if state == "skipped" else "succeeded")


def test_a_condition_on_what_is_not_an_input_is_an_error() -> None:
    with pytest.raises(KeyError):
        holds("(inputs.artifacts['_Evaluator.blessing'].artifacts[0].uri == 'x')", {"inputs": {"artifacts": {}}})


def test_the_cache_knows_parameters_and_producers(cluster: Cluster) -> None:
    def run(**values: Any) -> dict[str, str]:
        source = {"parameters": {"n": {"componentInputParameter": "n"}}}
        maker = make_task("maker", writing("x"), outputs=("out",), **source, **CACHED)
        reader = make_task("reader", SHOW_INPUT + "; 'cache'", inputs={"in": "maker"}, **CACHED)
        definition = {"n": {"parameterType": "NUMBER_INTEGER", "defaultValue": 1}}
        done = cluster.run(make_pipeline(maker, reader, parameters=definition), ROOT, values)
        return {task: task_run.state for task, task_run in done.items()}

    assert run() == {"maker": "succeeded", "reader": "succeeded"}
    assert run() == {"maker": "cached", "reader": "cached"}
    assert run(n=2) == {"maker": "succeeded", "reader": "succeeded"}


def test_a_killed_task_is_tried_again_in_a_fresh_pod(cluster: Cluster) -> None:
    def kill(task: str, attempt: int, process: subprocess.Popen[bytes]) -> None:
        if attempt == 0:
            os.killpg(process.pid, signal.SIGKILL)

    code = "import time; time.sleep(0.5); print(os.listdir(os.environ['HOME']), os.listdir(os.environ['TMPDIR']))"
    done = cluster.run(make_pipeline(make_task("slow", code, retryPolicy={"maxRetryCount": 2})), ROOT, on_start=kill)
    slow = done["slow"]
    assert (slow.state, slow.attempts) == ("succeeded", 2)
    assert isinstance(slow.error, TaskError)
    assert slow.error.exit_code == -signal.SIGKILL
    assert cluster.store.read(f"{slow.outputs['executor-logs'].uri}/log") == b"[] []\n"


def test_a_task_may_write_in_its_pod_only(cluster: Cluster, tmp_path: pathlib.Path) -> None:
    # pytest's own folder lets nobody else in, so one that anybody may see.
    code = f"print(os.getuid()); pathlib.Path({str(tmp_path)!r}, 'x').touch()"
    task = cluster.run(make_pipeline(make_task("writer", code)), ROOT)["writer"]
    assert task.state == ("failed" if is_root() else "succeeded")
    assert (tmp_path / "x").exists() is not is_root()


def test_kfp_fails_a_task_for_a_null(cluster: Cluster) -> None:
    done = cluster.run(make_pipeline(make_task("maker", writing("x", {"nothing": None}), outputs=("out",))), ROOT)
    assert done["maker"].state == "failed"
    assert isinstance(done["maker"].error, MetadataError)


def test_metadata_as_it_is_kept() -> None:
    assert record({"i": 3, "f": 0.5, "b": True, "s": "x", "l": [1], "d": {"a": None}}) == {
        "i": 3.0,
        "f": 0.5,
        "b": 1,
        "s": "x",
        "l": {"list": [1]},
        "d": {"struct": {"a": None}},
    }


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "parameter n is not optional, yet has neither default value nor user provided value"),
        ({"n": "three"}, "parameter n is no NUMBER_INTEGER: 'three'"),
        ({"n": 1, "m": 1}, "unknown parameters"),
    ],
)
def test_parameters_are_checked_before_anything_runs(cluster: Cluster, given: dict[str, Any], sentence: str) -> None:
    pipeline = make_pipeline(make_task("task", "pass"), parameters={"n": {"parameterType": "NUMBER_INTEGER"}})
    with pytest.raises(DriverError, match=sentence):
        cluster.run(pipeline, ROOT, given)

import copy
from typing import Any

import pytest

from pipeline.kubeflow.finish import finish
from pipeline.kubeflow.settings import NODE_IDS, NodeSettings, Resources, Retries, Settings
from tests.pipeline.kubeflow.edited import golden


@pytest.fixture
def spec() -> dict[str, Any]:
    """The golden pipeline with what `finish` adds taken away again."""
    undone = copy.deepcopy(golden().spec)
    inputs = undone["root"].pop("inputDefinitions")["parameters"]
    for task in undone["root"]["dag"]["tasks"].values():
        del task["cachingOptions"]
        task.pop("retryPolicy", None)
        for name, source in task["inputs"].get("parameters", {}).items():
            if "componentInputParameter" in source:
                value = inputs[source["componentInputParameter"]]["defaultValue"]
                task["inputs"]["parameters"][name] = {"runtimeValue": {"constant": value}}
    for executor in undone["deploymentSpec"]["executors"].values():
        executor["container"] = {key: executor["container"][key] for key in ("image", "command", "args")}
    return undone


def test_a_pure_function(spec: dict[str, Any]) -> None:
    before = copy.deepcopy(spec)
    assert finish(spec, Settings()).to_yaml() == finish(spec, Settings()).to_yaml()
    assert spec == before


def test_every_node_gets_what_tfx_drops(spec: dict[str, Any]) -> None:
    finished = finish(spec, Settings())
    tasks = finished.spec["root"]["dag"]["tasks"]
    assert set(tasks) == set(NODE_IDS)
    assert {node for node, task in tasks.items() if task["cachingOptions"] == {}} == {
        "DrawingExampleGen",
        "DataGate",
        "Baseline",
        "Pusher",
        "NotBlessed",
    }
    # What NotBlessed says once, it would say again.
    assert "retryPolicy" not in tasks.pop("NotBlessed")
    assert {task["retryPolicy"]["maxRetryCount"] for task in tasks.values()} == {2}
    containers = finished.spec["deploymentSpec"]["executors"]
    assert containers["DrawingExampleGen_executor"]["container"]["resources"] == {
        "resourceCpuRequest": "1",
        "resourceCpuLimit": "4",
        "resourceMemoryRequest": "2Gi",
        "resourceMemoryLimit": "8Gi",
    }
    assert all(len(each["container"]["resources"]) == 4 for each in containers.values())


def test_one_nodes_settings_are_its_own(spec: dict[str, Any]) -> None:
    wanted = NodeSettings(resources=Resources(gpus=2), retries=Retries(count=0), env={"B": "2", "A": "1"})
    finished = finish(spec, Settings(nodes={"Trainer": wanted}))
    container = finished.spec["deploymentSpec"]["executors"]["Trainer_executor"]["container"]
    assert container["resources"]["accelerator"] == {"resourceType": "nvidia.com/gpu", "resourceCount": "2"}
    assert container["env"] == [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}]
    assert "retryPolicy" not in finished.spec["root"]["dag"]["tasks"]["Trainer"]
    other = finished.spec["deploymentSpec"]["executors"]["Report_executor"]["container"]
    assert "env" not in other
    assert "accelerator" not in other["resources"]


def test_a_hook_that_nobody_calls_is_taken_out(spec: dict[str, Any]) -> None:
    spec["deploymentSpec"]["executors"]["Trainer_executor"]["container"]["lifecycle"] = {"preCacheCheck": {}}
    finished = finish(spec, Settings())
    assert "lifecycle" not in finished.spec["deploymentSpec"]["executors"]["Trainer_executor"]["container"]


def test_pods_are_described_under_their_executors_label(spec: dict[str, Any]) -> None:
    spec["components"]["Trainer"]["executorLabel"] = "exec-of-the-trainer"
    executors = spec["deploymentSpec"]["executors"]
    executors["exec-of-the-trainer"] = executors.pop("Trainer_executor")
    pods = finish(spec, Settings()).platform["platforms"]["kubernetes"]["deploymentSpec"]["executors"]
    assert pods["exec-of-the-trainer"] == {"activeDeadlineSeconds": "86400", "imagePullPolicy": "IfNotPresent"}
    assert set(pods) == set(executors)


def test_without_anything_to_say_there_is_no_platform_document(spec: dict[str, Any]) -> None:
    nothing = NodeSettings(timeout=0, image_pull_policy="")
    assert finish(spec, Settings(nodes=dict.fromkeys(NODE_IDS, nothing))).platform == {}

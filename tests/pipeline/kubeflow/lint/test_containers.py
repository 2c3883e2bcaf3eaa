from typing import Any

import pytest

from pipeline.kubeflow.lint import containers
from pipeline.kubeflow.lint.containers import check_image
from tests.pipeline.kubeflow.edited import CONTAINER, EXECUTORS, GONE, TRAINER, findings, golden

DIGEST = "@sha256:" + "0f" * 32


@pytest.mark.parametrize(
    "image",
    [f"quickdraw{DIGEST}", f"team/quickdraw:1.0{DIGEST}", f"images.example:5000/team/quickdraw:v1_2-rc.1{DIGEST}"],
)
def test_images_by_their_content(image: str) -> None:
    assert check_image(image) == ""


@pytest.mark.parametrize(
    ("image", "tag"),
    [
        ("quickdraw", "latest"),
        ("quickdraw:latest", "latest"),
        ("images.example:5000/quickdraw", "latest"),
        ("q:1.0", "1.0"),
    ],
)
def test_images_that_may_be_others_tomorrow(image: str, tag: str) -> None:
    assert check_image(image).startswith(f"'{image}' has the tag {tag} and no digest;")


@pytest.mark.parametrize(
    "image", ["", "Quickdraw" + DIGEST, "quickdraw@sha256:0f", "a b", f"quickdraw{DIGEST}0", "$IMAGE"]
)
def test_what_is_no_image(image: str) -> None:
    assert "no digest" in check_image(image) or check_image(image).startswith(f"'{image}' is no image;")
    assert findings(containers.check, ((*CONTAINER, "image"), image)) == [
        f"Trainer: container.image: {check_image(image)}"
    ]


@pytest.mark.parametrize(
    ("field", "value", "beginning"),
    [
        ("command", [], "container.command: there is none"),
        ("command", GONE, "container.command: there is none"),
        (
            "command",
            ["python", "-m", "tfx.orchestration.kubeflow.v2.container.kubeflow_v2_run_executor"],
            "container.command: TFX's own entrypoint",
        ),
        ("args", ["--verbose"], "container.args: there is no {{$}}"),
        ("args", ["{{$}}", "x" * 131_072], "container.args: one has 131072 bytes"),
        ("lifecycle", {"preCacheCheck": {}}, "container.lifecycle: KFP never calls it"),
        ("env", [{"name": "A-B", "value": "1"}], "container.env: 'A-B' is no name"),
    ],
)
def test_containers_that_do_something_else(field: str, value: Any, beginning: str) -> None:
    (found,) = findings(containers.check, ((*CONTAINER, field), value))
    assert found.startswith(f"Trainer: {beginning}")


def test_a_variable_is_there_once() -> None:
    twice = [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]
    assert {*findings(containers.check, ((*CONTAINER, "env"), twice))} == {
        "Trainer: container.env: 'A' is there 2 times."
    }


def test_two_nodes_of_one_container_run_one() -> None:
    trainer = golden().spec["deploymentSpec"]["executors"]["Trainer_executor"]
    (found,) = findings(containers.check, ((*EXECUTORS, "Transform_executor"), trainer))
    assert found.startswith("Transform: container: it is that of Trainer to the letter")


def test_code_comes_with_the_image() -> None:
    module = ((*TRAINER, "inputs", "parameters", "module_file"), {"runtimeValue": {"constant": "/home/ann/train.py"}})
    definition = (
        ("spec", "components", "Trainer", "inputDefinitions", "parameters", "module_file"),
        {"parameterType": "STRING"},
    )
    (found,) = findings(containers.check, module, definition)
    assert found.startswith("Trainer: inputs.parameters.module_file: the pod would install a wheel")

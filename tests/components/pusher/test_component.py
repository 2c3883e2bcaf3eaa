from typing import Any

from tfx.types import channel_utils, standard_artifacts

from components.pusher.component import Pusher


def make_node(**more: Any) -> Pusher:
    return Pusher(
        model=channel_utils.as_channel([standard_artifacts.Model()]),
        model_blessing=channel_utils.as_channel([standard_artifacts.ModelBlessing()]),
        registry="models/quickdraw",
        run_key="run",
        keep=3,
        lost_versions="7",
        **more,
    )


def test_declares_a_pushed_model() -> None:
    node = make_node()
    assert node.outputs["pushed_model"].type is standard_artifacts.PushedModel
    assert node.exec_properties == {
        "registry": "models/quickdraw",
        "run_key": "run",
        "warm_start": "",
        "keep": 3,
        "lost_versions": "7",
        "code_fingerprint": "",
    }


def test_the_evaluation_may_be_left_out() -> None:
    assert set(make_node().inputs) == {"model", "model_blessing"}
    evaluation = channel_utils.as_channel([standard_artifacts.ModelEvaluation()])
    assert make_node(evaluation=evaluation).inputs["evaluation"] is evaluation

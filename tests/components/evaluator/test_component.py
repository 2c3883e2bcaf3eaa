import json

from tfx.types import channel_utils, standard_artifacts

from components.evaluator.component import Evaluator
from components.evaluator.thresholds import Thresholds


def test_declares_tfx_channels_and_the_gate() -> None:
    node = Evaluator(
        examples=channel_utils.as_channel([standard_artifacts.Examples()]),
        model=channel_utils.as_channel([standard_artifacts.Model()]),
        baseline_model=channel_utils.as_channel([standard_artifacts.Model()]),
        thresholds=Thresholds(min_accuracy=0.75),
        code_fingerprint="abc",
    )
    assert node.outputs["evaluation"].type is standard_artifacts.ModelEvaluation
    assert node.outputs["blessing"].type is standard_artifacts.ModelBlessing
    assert json.loads(node.exec_properties["thresholds"])["min_accuracy"] == 0.75
    assert node.exec_properties["code_fingerprint"] == "abc"

from tfx.types import channel_utils, standard_artifacts

from components.evaluator.component import Evaluator
from components.evaluator.eval_config import make_eval_config
from components.evaluator.thresholds import Thresholds


def test_declares_tfx_channels_and_judges_the_test_split() -> None:
    node = Evaluator(
        examples=channel_utils.as_channel([standard_artifacts.Examples()]),
        model=channel_utils.as_channel([standard_artifacts.Model()]),
        baseline_model=channel_utils.as_channel([standard_artifacts.Model()]),
        schema=channel_utils.as_channel([standard_artifacts.Schema()]),
        eval_config=make_eval_config(Thresholds()),
        code_fingerprint="abc",
    )
    assert node.outputs["evaluation"].type is standard_artifacts.ModelEvaluation
    assert node.outputs["blessing"].type is standard_artifacts.ModelBlessing
    assert node.exec_properties["example_splits"] == '["test"]'
    assert node.exec_properties["code_fingerprint"] == "abc"

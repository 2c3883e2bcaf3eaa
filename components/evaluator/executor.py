"""Runs TFX's Evaluator on the models that exist, then says its verdict in words."""

from typing import Any

from tfx import types
from tfx.components.evaluator import executor as tfx_evaluator
from tfx.types import artifact_utils
from tfx.utils import path_utils

from components.baseline.component import baseline_version
from components.evaluator.verdict import make_verdict, write_verdict
from components.trainer.export import read_exported_labels


class Executor(tfx_evaluator.Executor):
    """TFX's Evaluator, told honestly whether there is a baseline.

    TFX takes any baseline artifact for a model. Kubeflow cannot leave an input out, so Baseline always hands one over
    and marks the empty one; here that mark becomes an absent input, on every runner alike.
    """

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Evaluates, blesses or not, and writes `verdict.json` beside TFMA's result.

        Args:
            input_dict: `examples`, `model`, `baseline_model`, `schema`.
            output_dict: `evaluation`, `blessing`.
            exec_properties: `eval_config`, `example_splits`.
        """
        labels = _labels(input_dict["model"][0])
        baseline = input_dict["baseline_model"][0]
        version = baseline_version(baseline)
        comparable = version > 0 and _labels(baseline) == labels
        inputs = input_dict if comparable else {**input_dict, "baseline_model": []}
        super().Do(inputs, output_dict, exec_properties)
        evaluation_uri = artifact_utils.get_single_uri(output_dict["evaluation"])
        verdict = make_verdict(evaluation_uri, labels, version, comparable)
        write_verdict(evaluation_uri, verdict)


def _labels(model: types.Artifact) -> list[str]:
    return read_exported_labels(path_utils.serving_model_path(model.uri, path_utils.is_old_model_artifact(model)))

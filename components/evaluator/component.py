"""Evaluator: TFMA judges the trained model on the test split, against thresholds and the model now serving."""

import json

from tfx import types
from tfx.dsl.components.base import base_beam_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.evaluator.executor import Executor
from components.evaluator.thresholds import Thresholds


class EvaluatorSpec(component_spec.ComponentSpec):
    """TFX's Evaluator with thresholds of our own, and with a code fingerprint in the cache key."""

    PARAMETERS = {
        "thresholds": component_spec.ExecutionParameter(type=str),
        "code_fingerprint": component_spec.ExecutionParameter(type=str),
    }
    INPUTS = {
        "examples": component_spec.ChannelParameter(type=standard_artifacts.Examples),
        "model": component_spec.ChannelParameter(type=standard_artifacts.Model),
        "baseline_model": component_spec.ChannelParameter(type=standard_artifacts.Model),
    }
    OUTPUTS = {
        "evaluation": component_spec.ChannelParameter(type=standard_artifacts.ModelEvaluation),
        "blessing": component_spec.ChannelParameter(type=standard_artifacts.ModelBlessing),
    }


class Evaluator(base_beam_component.BaseBeamComponent):
    """Judges a model.

    Outputs:
        evaluation: TFMA's result, `evaluation.json` and `verdict.json` (see the modules `evaluation` and `verdict`).
        blessing: TFX's ModelBlessing.
    """

    SPEC_CLASS = EvaluatorSpec
    EXECUTOR_SPEC = executor_spec.BeamExecutorSpec(Executor)

    def __init__(
        self,
        examples: types.BaseChannel,
        model: types.BaseChannel,
        baseline_model: types.BaseChannel,
        thresholds: Thresholds,
        code_fingerprint: str = "",
    ) -> None:
        """Declares the node.

        Args:
            examples: raw examples; the split `test` is used.
            model: the Trainer's model.
            baseline_model: the Baseline component's model, possibly the mark of "there is none".
            thresholds: the gate.
            code_fingerprint: changes the cache key when the evaluating code changes.
        """
        spec = EvaluatorSpec(
            thresholds=json.dumps(thresholds.to_dict()),
            code_fingerprint=code_fingerprint,
            examples=examples,
            model=model,
            baseline_model=baseline_model,
            evaluation=types.Channel(type=standard_artifacts.ModelEvaluation),
            blessing=types.Channel(type=standard_artifacts.ModelBlessing),
        )
        super().__init__(spec=spec)

"""Evaluator: TFMA judges the trained model on the test split, against thresholds and the model now serving."""

import json

import tensorflow_model_analysis as tfma
from tfx import types
from tfx.dsl.components.base import base_beam_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.evaluator.executor import Executor


class EvaluatorSpec(component_spec.ComponentSpec):
    """TFX's Evaluator without its deprecated parameters, and with a code fingerprint in the cache key."""

    PARAMETERS = {
        "eval_config": component_spec.ExecutionParameter(type=tfma.EvalConfig),
        "example_splits": component_spec.ExecutionParameter(type=str),
        "code_fingerprint": component_spec.ExecutionParameter(type=str),
    }
    INPUTS = {
        "examples": component_spec.ChannelParameter(type=standard_artifacts.Examples),
        "model": component_spec.ChannelParameter(type=standard_artifacts.Model),
        "baseline_model": component_spec.ChannelParameter(type=standard_artifacts.Model),
        "schema": component_spec.ChannelParameter(type=standard_artifacts.Schema),
    }
    OUTPUTS = {
        "evaluation": component_spec.ChannelParameter(type=standard_artifacts.ModelEvaluation),
        "blessing": component_spec.ChannelParameter(type=standard_artifacts.ModelBlessing),
    }


class Evaluator(base_beam_component.BaseBeamComponent):
    """Judges a model.

    Outputs:
        evaluation: TFMA's result, and `verdict.json` (see `components.evaluator.verdict`).
        blessing: TFX's ModelBlessing.
    """

    SPEC_CLASS = EvaluatorSpec
    EXECUTOR_SPEC = executor_spec.BeamExecutorSpec(Executor)

    def __init__(
        self,
        examples: types.BaseChannel,
        model: types.BaseChannel,
        baseline_model: types.BaseChannel,
        schema: types.BaseChannel,
        eval_config: tfma.EvalConfig,
        code_fingerprint: str = "",
    ) -> None:
        """Declares the node.

        Args:
            examples: raw examples; the split `test` is used.
            model: the Trainer's model.
            baseline_model: the Baseline component's model, possibly the mark of "there is none".
            schema: schema of the raw examples.
            eval_config: see `components.evaluator.thresholds`.
            code_fingerprint: changes the cache key when the evaluating code changes.
        """
        spec = EvaluatorSpec(
            eval_config=eval_config,
            example_splits=json.dumps(["test"]),
            code_fingerprint=code_fingerprint,
            examples=examples,
            model=model,
            baseline_model=baseline_model,
            schema=schema,
            evaluation=types.Channel(type=standard_artifacts.ModelEvaluation),
            blessing=types.Channel(type=standard_artifacts.ModelBlessing),
        )
        super().__init__(spec=spec)

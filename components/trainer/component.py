"""Trainer: TFX's own, told what it cannot know before the run."""

import json
from typing import Any

from tfx import types
from tfx import v1 as tfx
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import component_spec, standard_artifacts, standard_component_specs

from components.trainer.executor import Executor

_RUN_FN = "components.trainer.run_fn.run_fn"


class TrainerSpec(component_spec.ComponentSpec):
    """TFX's, and the number of epochs as a number of its own, so that a run may choose it."""

    PARAMETERS = {
        **standard_component_specs.TrainerSpec.PARAMETERS,
        "epochs": component_spec.ExecutionParameter(type=int),
    }
    INPUTS = standard_component_specs.TrainerSpec.INPUTS
    OUTPUTS = standard_component_specs.TrainerSpec.OUTPUTS


class Trainer(base_component.BaseComponent):
    """Trains by `components.trainer.run_fn`.

    Outputs:
        model: the SavedModel; its property `training_key` tells trainings apart where the data was not known before
            the run.
        model_run: the curves and the model card.
    """

    SPEC_CLASS = TrainerSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(
        self,
        examples: types.BaseChannel,
        transform_graph: types.BaseChannel,
        custom_config: dict[str, Any],
        epochs: int,
    ) -> None:
        """Declares the node.

        Args:
            examples: transformed examples with the splits `train` and `eval`.
            transform_graph: TFT's.
            custom_config: of `components.trainer.run_fn.run_fn`; instead of `state_dir` there may be `training_dir`,
                see `components.trainer.executor`.
            epochs: in the place of those in `custom_config`.
        """
        super().__init__(
            spec=TrainerSpec(
                examples=examples,
                transform_graph=transform_graph,
                train_args=tfx.proto.TrainArgs(splits=["train"]),
                eval_args=tfx.proto.EvalArgs(splits=["eval"]),
                run_fn=_RUN_FN,
                custom_config=json.dumps(custom_config),
                epochs=epochs,
                model=types.Channel(type=standard_artifacts.Model),
                model_run=types.Channel(type=standard_artifacts.ModelRun),
            )
        )

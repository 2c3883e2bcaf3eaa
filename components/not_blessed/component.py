"""NotBlessed: the node that fails if the model is not blessed, for runners that show nothing but nodes."""

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.not_blessed.executor import Executor


class NotBlessedSpec(component_spec.ComponentSpec):
    """The verdict in, nothing out."""

    PARAMETERS: dict[str, component_spec.ExecutionParameter] = {}
    INPUTS = {"blessing": component_spec.ChannelParameter(type=standard_artifacts.ModelBlessing)}
    OUTPUTS: dict[str, component_spec.ChannelParameter] = {}


class NotBlessed(base_component.BaseComponent):
    """Fails with `NotBlessedError`.

    A model that is not blessed is a result, and no reason for the node that found out to fail: the evaluation and the
    report would be lost. The local command knows the outcome and ends with its exit code; Kubeflow calls a run a
    success unless a node fails. So this one comes last, under the condition that the model is not blessed: a run that
    pushed skips it.
    """

    SPEC_CLASS = NotBlessedSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(self, blessing: types.BaseChannel) -> None:
        """Declares the node.

        Args:
            blessing: the Evaluator's, with `verdict.json`.
        """
        super().__init__(spec=NotBlessedSpec(blessing=blessing))

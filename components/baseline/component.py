"""Baseline: hands the model that is now serving to the Evaluator, or says that there is none."""

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.baseline.executor import BASELINE_VERSION_PROPERTY, Executor


class BaselineSpec(component_spec.ComponentSpec):
    """No inputs: what serves is a fact of the registry, not of the graph."""

    PARAMETERS = {
        "registry": component_spec.ExecutionParameter(type=str),
        "version": component_spec.ExecutionParameter(type=int),
    }
    INPUTS: dict[str, component_spec.ChannelParameter] = {}
    OUTPUTS = {"model": component_spec.ChannelParameter(type=standard_artifacts.Model)}


class Baseline(base_component.BaseComponent):
    """Copies one pushed version out of the registry.

    A Resolver would do this in TFX, but open-source Kubeflow runs none, so the node is an ordinary one that always has
    an output; see `baseline_version`.
    """

    SPEC_CLASS = BaselineSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(self, registry: str, version: int) -> None:
        """Declares the node.

        Args:
            registry: the folder of pushed versions, or its URL.
            version: the version to compare with, 0 for none, -1 for "the newest when the node runs" (never cached
                there). The local runner decides before the run, so that the cache key tells which model it was.
        """
        super().__init__(
            spec=BaselineSpec(registry=registry, version=version, model=types.Channel(type=standard_artifacts.Model))
        )


def baseline_version(model: types.Artifact) -> int:
    """Tells what Baseline handed over.

    Args:
        model: the component's output artifact.

    Returns:
        The pushed version that the artifact is a copy of, 0 if there was none.
    """
    return int(model.get_int_custom_property(BASELINE_VERSION_PROPERTY))

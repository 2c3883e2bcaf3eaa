"""Pusher: a blessed model becomes the registry's newest version, whole or not at all."""

from tfx import types
from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import component_spec, standard_artifacts

from components.pusher.executor import Executor


class PusherSpec(component_spec.ComponentSpec):
    """The registry and the run's key, the model, its blessing and what was measured."""

    PARAMETERS = {
        "registry": component_spec.ExecutionParameter(type=str),
        "run_key": component_spec.ExecutionParameter(type=str),
        "warm_start": component_spec.ExecutionParameter(type=str),
        "keep": component_spec.ExecutionParameter(type=int),
        "lost_versions": component_spec.ExecutionParameter(type=str),
        "code_fingerprint": component_spec.ExecutionParameter(type=str),
    }
    INPUTS = {
        "model": component_spec.ChannelParameter(type=standard_artifacts.Model),
        "model_blessing": component_spec.ChannelParameter(type=standard_artifacts.ModelBlessing),
        "evaluation": component_spec.ChannelParameter(type=standard_artifacts.ModelEvaluation, optional=True),
    }
    OUTPUTS = {"pushed_model": component_spec.ChannelParameter(type=standard_artifacts.PushedModel)}


class Pusher(base_component.BaseComponent):
    """Stages the model beside its target, loads it in a fresh process, asks it, and renames.

    TFX's own Pusher copies into the final folder, where TF Serving can meet half a model, and marks a push that it
    skipped as done.

    Outputs:
        pushed_model: `push.json`: {"pushed", "version", "path", "sentence"}.
    """

    SPEC_CLASS = PusherSpec
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(
        self,
        model: types.BaseChannel,
        model_blessing: types.BaseChannel,
        registry: str,
        run_key: str,
        warm_start: str = "",
        evaluation: types.BaseChannel | None = None,
        keep: int = 0,
        lost_versions: str = "",
        code_fingerprint: str = "",
    ) -> None:
        """Declares the node.

        Args:
            model: the Trainer's model.
            model_blessing: the Evaluator's blessing.
            registry: the folder of pushed versions, or its URL.
            run_key: what defines this run; a model of the same run is not pushed twice. "" where nobody has seen the
                data before the run; the model tells then.
            warm_start: fingerprint of the network that the training began from, "" for none. With `--warm-start latest`
                one run may begin from different ones.
            evaluation: the Evaluator's, with `verdict.json`, whose metrics are kept beside the pushed model.
            keep: how many of the newest versions stay, 0 for all; see `components.pusher.prune`.
            lost_versions: versions this run pushed that are no longer in the registry; only there to change the cache
                key, so that a deleted model is pushed again.
            code_fingerprint: changes the cache key when the pushing code changes.
        """
        super().__init__(
            spec=PusherSpec(
                registry=registry,
                run_key=run_key,
                warm_start=warm_start,
                keep=keep,
                lost_versions=lost_versions,
                code_fingerprint=code_fingerprint,
                model=model,
                model_blessing=model_blessing,
                evaluation=evaluation,
                pushed_model=types.Channel(type=standard_artifacts.PushedModel),
            )
        )

"""Pushes a blessed model; says why it pushed or did not."""

import json
import logging
import pathlib
from typing import Any

from tfx import types
from tfx.components.util import model_utils
from tfx.dsl.components.base import base_executor
from tfx.utils import path_utils

from components.evaluator.verdict import VERDICT_FILE
from components.pusher.prune import prune
from components.pusher.push import find_run, push
from components.pusher.registry import newest_version
from components.trainer.properties import TRAINING_KEY_PROPERTY

PUSH_FILE = "push.json"

_logger = logging.getLogger("quickdraw")


class Executor(base_executor.BaseExecutor):
    """See `components.pusher.component.Pusher`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Pushes, and records the outcome in `push.json` and in the artifact's properties.

        Args:
            input_dict: `model`, `model_blessing` and perhaps `evaluation`.
            output_dict: `pushed_model`.
            exec_properties: `registry`, `run_key`, `warm_start`, `keep`.

        Raises:
            PushError: the staged copy does not answer as the original did.
        """
        registry = exec_properties["registry"]
        artifact = output_dict["pushed_model"][0]
        model = input_dict["model"][0]
        run_key = exec_properties["run_key"] or model.get_string_custom_property(TRAINING_KEY_PROPERTY)
        artifact.set_string_custom_property("run_key", run_key)
        if not model_utils.is_model_blessed(input_dict["model_blessing"][0]):
            _record(artifact, registry, 0, "not pushed: the model is not blessed.")
            return
        source = path_utils.serving_model_path(model.uri, path_utils.is_old_model_artifact(model))
        warm_start = exec_properties["warm_start"]
        version = find_run(registry, run_key, warm_start)
        verdict = _read_verdict(input_dict)
        if version and version == newest_version(registry):
            sentence = f"version {version} of this very run is already serving."
        else:
            version = push(pathlib.Path(source), registry, run_key, warm_start, verdict)
            sentence = f"pushed as version {version}."
        _record(artifact, registry, version, sentence + _prune(registry, exec_properties["keep"], verdict))


def _prune(registry: str, keep: int, verdict: dict[str, Any] | None) -> str:
    """What it removed, as a sentence."""
    if not keep:
        return ""
    removed = prune(pathlib.Path(registry), keep, verdict["baseline_version"] if verdict else 0).removed
    return f" Removed: {', '.join(map(str, removed))}." if removed else ""


def _read_verdict(input_dict: dict[str, list[types.Artifact]]) -> dict[str, Any] | None:
    evaluations = input_dict.get("evaluation")
    if not evaluations:
        return None
    return json.loads(pathlib.Path(evaluations[0].uri, VERDICT_FILE).read_text(encoding="utf-8"))


def _record(artifact: types.Artifact, registry: str, version: int, sentence: str) -> None:
    _logger.info("Pusher: %s", sentence)
    path = f"{registry}/{version}" if version else ""
    artifact.set_int_custom_property("pushed", int(version > 0))
    artifact.set_string_custom_property("pushed_version", str(version))
    artifact.set_string_custom_property("pushed_destination", path)
    outcome = {"pushed": version > 0, "version": version, "path": path, "sentence": sentence}
    pathlib.Path(artifact.uri, PUSH_FILE).write_text(json.dumps(outcome, indent=1), encoding="utf-8")

"""Copies the served version into the artifact, or leaves the mark of an empty registry."""

import logging
import pathlib
import shutil
from typing import Any

from tfx import types
from tfx.dsl.components.base import base_executor
from tfx.utils import path_utils

from components.pusher import object_store
from components.pusher.registry import newest_version, version_path
from components.urls import is_url

BASELINE_VERSION_PROPERTY = "baseline_version"
NEWEST = -1
_EMPTY_MARK = "no-baseline.txt"

_logger = logging.getLogger("quickdraw")


class Executor(base_executor.BaseExecutor):
    """See `components.baseline.component.Baseline`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Fills the output artifact.

        Args:
            input_dict: empty.
            output_dict: `model`.
            exec_properties: `registry` and `version`.
        """
        registry = exec_properties["registry"]
        version = exec_properties["version"]
        if version == NEWEST:
            version = newest_version(registry)
        artifact = output_dict["model"][0]
        artifact.set_int_custom_property(BASELINE_VERSION_PROPERTY, version)
        if version == 0:
            pathlib.Path(artifact.uri, _EMPTY_MARK).write_text("No model was serving.\n", encoding="utf-8")
            _logger.info("Baseline: no model is serving yet")
            return
        target = pathlib.Path(path_utils.serving_model_dir(artifact.uri))
        if is_url(registry):
            object_store.download(registry, version, target)
        else:
            _copy(version_path(pathlib.Path(registry), version), target)
        _logger.info("Baseline: version %d", version)


def _copy(model: pathlib.Path, target: pathlib.Path) -> None:
    try:
        shutil.copytree(model, target)
    except (shutil.Error, FileNotFoundError):
        if model.is_dir():
            raise
        # Pruned since the run began. An empty folder is a model that cannot be read, and the Evaluator says so.
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        _logger.warning("Baseline: version %s was removed from the registry while this run went on", model.name)

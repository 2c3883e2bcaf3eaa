"""Says why a model was not blessed."""

import json
import pathlib
from typing import Any

from tfx import types
from tfx.dsl.components.base import base_executor
from tfx.types import artifact_utils

from components.errors import NotBlessedError
from components.evaluator.verdict import VERDICT_FILE


class Executor(base_executor.BaseExecutor):
    """See `components.not_blessed.component.NotBlessed`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Fails.

        Args:
            input_dict: `blessing`, of a model that is not blessed.
            output_dict: empty.
            exec_properties: empty.

        Raises:
            NotBlessedError: with the thresholds that were missed.
        """
        blessing = artifact_utils.get_single_uri(input_dict["blessing"])
        verdict = json.loads(pathlib.Path(blessing, VERDICT_FILE).read_text(encoding="utf-8"))
        missed = [check["sentence"] for check in verdict["checks"] if not check["passed"]]
        sentence = " ".join([*missed, verdict["advice"]])
        raise NotBlessedError(f"the model is not blessed, so nothing was pushed: {sentence}")

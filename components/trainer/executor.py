"""The executor of Trainer: completes the configuration with what only the run knows."""

import hashlib
import json
import tempfile
from typing import Any

from tfx import types
from tfx.components.trainer import executor
from tfx.types import artifact_utils

from components.data_origin import read_origin
from components.trainer.old_states import remove_old_states
from components.trainer.properties import TRAINING_KEY_PROPERTY


class Executor(executor.GenericExecutor):
    """See `components.trainer.component.Trainer`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Trains.

        Args:
            input_dict: `examples` and `transform_graph`.
            output_dict: `model` and `model_run`.
            exec_properties: TFX's, and `epochs`.

        Raises:
            QuickdrawError: what `run_fn` raises.
        """
        settings = json.loads(exec_properties["custom_config"])
        settings["training"]["epochs"] = exec_properties["epochs"]
        origin = read_origin(artifact_utils.get_single_instance(input_dict["examples"]))
        # What the graph was told of the data stands.
        settings["card"]["data"] = {**origin, **settings["card"].get("data", {})}
        with tempfile.TemporaryDirectory() as scratch:
            if "training_dir" in settings:
                key = _training_key(settings)
                output_dict["model"][0].set_string_custom_property(TRAINING_KEY_PROPERTY, key)
                # Without a folder that outlives the pod there is nothing to go on from.
                training_dir = settings.pop("training_dir") or scratch
                remove_old_states(training_dir)
                settings["state_dir"] = f"{training_dir}/{key}"
            super().Do(input_dict, output_dict, {**exec_properties, "custom_config": json.dumps(settings)})


def _training_key(settings: dict[str, Any]) -> str:
    """Hashes what defines a training, as `pipeline.fingerprint.training_key` does where the data is known before."""
    card = settings["card"]
    defines = {
        "data": card["data"].get("examples_key", ""),
        "training": settings["training"],
        "warm_start": settings["warm_start"],
        "code": card.get("code", ""),
    }
    return hashlib.sha256(json.dumps(defines, sort_keys=True).encode()).hexdigest()[:16]

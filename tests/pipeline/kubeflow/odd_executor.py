"""An executor that says of its output what KFP takes amiss, and looks at its input."""

import pathlib
from typing import Any

from tfx import types
from tfx.dsl.components.base import base_executor


class Executor(base_executor.BaseExecutor):
    """Blesses any model whose file it can read."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        (model,), (blessing,) = input_dict["model"], output_dict["blessing"]
        text = pathlib.Path(model.uri, "Format-Serving", "saved_model.pb").read_text()
        pathlib.Path(blessing.uri, "BLESSED").write_text(text)
        assert type(exec_properties["times"]) is int
        blessing.set_int_custom_property("blessed", exec_properties["times"])
        blessing.set_string_custom_property("current_model", model.uri)
        blessing.set_int_custom_property("current_model_id", model.id)
        blessing.set_json_value_custom_property("words", model.get_json_value_custom_property("words"))
        blessing.mlmd_artifact.custom_properties["nothing"].Clear()

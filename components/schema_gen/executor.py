"""The executor of ImportSchemaGen."""

import pathlib
from typing import Any

from tfx import types
from tfx.components.schema_gen.import_schema_gen import executor
from tfx.types import artifact_utils

# The name that TFX's SchemaGen gives its file.
_SCHEMA_FILE = "schema.pbtxt"


class Executor(executor.Executor):
    """TFX's, which copies a file, and for a node that carries the schema itself, one that writes it down."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes `schema.pbtxt`.

        Args:
            input_dict: empty.
            output_dict: `schema`.
            exec_properties: `schema_text`, or where there is none `schema_file`.
        """
        text = exec_properties.get("schema_text")
        if not text:
            super().Do(input_dict, output_dict, exec_properties)
            return
        folder = artifact_utils.get_single_uri(output_dict["schema"])
        pathlib.Path(folder, _SCHEMA_FILE).write_text(text, encoding="utf-8")

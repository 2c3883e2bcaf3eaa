"""ImportSchemaGen: brings the schema's file into the pipeline."""

from tfx.components.schema_gen.import_schema_gen.component import ImportSchemaGen as TfxImportSchemaGen
from tfx.dsl.components.base import base_component
from tfx.types import Channel, standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter


class ImportSchemaGenSpec(ComponentSpec):
    """TFX's, and the fingerprint of what the file holds."""

    PARAMETERS = {
        "schema_file": ExecutionParameter(type=str),
        "schema_fingerprint": ExecutionParameter(type=str),
    }
    INPUTS: dict[str, ChannelParameter] = {}
    OUTPUTS = {"schema": ChannelParameter(type=standard_artifacts.Schema)}


class ImportSchemaGen(base_component.BaseComponent):
    """TFX's ImportSchemaGen, run again when the file has changed.

    TFX's own has only the file's path in its cache key, so an edited schema would not be seen.

    Outputs:
        schema: `schema.pbtxt`.
    """

    SPEC_CLASS = ImportSchemaGenSpec
    EXECUTOR_SPEC = TfxImportSchemaGen.EXECUTOR_SPEC

    def __init__(self, schema_file: str, schema_fingerprint: str) -> None:
        """Makes the component.

        Args:
            schema_file: text proto of a `tensorflow_metadata` schema.
            schema_fingerprint: changes the cache key when the file's content changes.
        """
        super().__init__(
            spec=ImportSchemaGenSpec(
                schema_file=schema_file,
                schema_fingerprint=schema_fingerprint,
                schema=Channel(type=standard_artifacts.Schema),
            )
        )

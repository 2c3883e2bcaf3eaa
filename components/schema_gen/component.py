"""ImportSchemaGen: brings the schema's file into the pipeline."""

from tfx.dsl.components.base import base_component, executor_spec
from tfx.types import Channel, standard_artifacts
from tfx.types.component_spec import ChannelParameter, ComponentSpec, ExecutionParameter

from components.schema_gen.executor import Executor


class ImportSchemaGenSpec(ComponentSpec):
    """TFX's, the fingerprint of what the file holds, and the file's text for nodes that cannot see the file."""

    PARAMETERS = {
        "schema_file": ExecutionParameter(type=str),
        "schema_fingerprint": ExecutionParameter(type=str),
        "schema_text": ExecutionParameter(type=str, optional=True),
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
    EXECUTOR_SPEC = executor_spec.ExecutorClassSpec(Executor)

    def __init__(self, schema_file: str, schema_fingerprint: str, schema_text: str | None = None) -> None:
        """Makes the component.

        Args:
            schema_file: text proto of a `tensorflow_metadata` schema.
            schema_fingerprint: changes the cache key when the file's content changes.
            schema_text: the file's content, for a node that runs where the file is not; it travels in the graph.
        """
        super().__init__(
            spec=ImportSchemaGenSpec(
                schema_file=schema_file,
                schema_fingerprint=schema_fingerprint,
                schema_text=schema_text,
                schema=Channel(type=standard_artifacts.Schema),
            )
        )

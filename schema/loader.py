"""Finds and reads the curated schema."""

from pathlib import Path

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import schema_pb2


def schema_path() -> str:
    """Returns the path of `schema.pbtxt`, for ImportSchemaGen."""
    return str(Path(__file__).with_name("schema.pbtxt"))


def load_schema() -> schema_pb2.Schema:
    """Reads `schema.pbtxt`."""
    return text_format.Parse(Path(schema_path()).read_text(encoding="utf-8"), schema_pb2.Schema())

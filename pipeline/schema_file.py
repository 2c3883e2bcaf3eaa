"""Which schema a workspace uses, and how it is read. Loads no TensorFlow."""

import pathlib

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import schema_pb2

from components.errors import UsageError

ACCEPTED_SCHEMA = "schema.pbtxt"


def schema_in_use(workspace: pathlib.Path, override: pathlib.Path | None = None) -> pathlib.Path | None:
    """Finds the schema that the data of a workspace has to keep.

    Args:
        workspace: may be missing.
        override: what the user named with `--schema`.

    Returns:
        That file, else the one that `quickdraw schema accept` wrote into the workspace, else None: the packaged one.
    """
    if override is not None:
        return override
    accepted = workspace / ACCEPTED_SCHEMA
    return accepted if accepted.is_file() else None


def read_schema(path: pathlib.Path) -> schema_pb2.Schema:
    """Reads a file that should be a schema.

    Args:
        path: the file.

    Returns:
        The schema.

    Raises:
        UsageError: the file cannot be read, is not the text of a schema, or has no feature.
    """
    try:
        schema = text_format.Parse(path.read_text(encoding="utf-8"), schema_pb2.Schema())
    except OSError as error:
        raise UsageError(f"the schema {path} cannot be read: {error.strerror}.") from error
    except (text_format.ParseError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path} is not the text of a schema ({' '.join(str(error).split())}); correct it or name another with "
            "--schema."
        ) from error
    if not schema.feature:
        raise UsageError(f"the schema {path} has no feature; correct it or name another with --schema.")
    return schema

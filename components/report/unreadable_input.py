"""The one way in which the report fails on what it reads: with the file's name."""

from collections.abc import Iterator
from contextlib import contextmanager

import tensorflow as tf
from google.protobuf.message import DecodeError
from tfx.dsl.io import fileio


class UnreadableInputError(RuntimeError):
    """A file of another node is missing, is not what it should be, or lacks something; the message names it."""


@contextmanager
def naming(path: str) -> Iterator[None]:
    """Turns whatever reading `path` raises, a missing key included, into an error that names the file.

    Raises:
        UnreadableInputError: the body failed to read or to understand the file.
    """
    try:
        yield
    except KeyError as error:
        raise UnreadableInputError(f"{path} lacks {error}, which the report needs.") from error
    except (OSError, fileio.NotFoundError, tf.errors.OpError, ValueError, DecodeError) as error:
        raise UnreadableInputError(f"{path} cannot be read: {error}") from error

"""Writes a file that appears whole or not at all, also after a power cut."""

import contextlib
import posixpath
from collections.abc import Iterator
from typing import BinaryIO

from tfx.dsl.io import fileio

from components.disk import sync_to_disk
from components.urls import is_url


@contextlib.contextmanager
def opened_atomically(path: str) -> Iterator[BinaryIO]:
    """Opens a neighbour, and when the body has written it, puts it onto the disk and renames it.

    Args:
        path: a local path or a URL that TensorFlow knows, with one writer at a time; its folder is made if missing.

    Yields:
        The neighbour, open for writing. If the body raises, the file stays what it was.
    """
    folder = posixpath.dirname(path) or "."
    fileio.makedirs(folder)
    # Always the same neighbour: what a killed writer left is overwritten by the next.
    unfinished = f"{path}.unfinished"
    with fileio.open(unfinished, "wb") as file:
        yield file
    is_local = not is_url(path)
    if is_local:
        # Else a rename may reach the disk before the bytes do.
        sync_to_disk(unfinished)
    fileio.rename(unfinished, path, overwrite=True)
    if is_local:
        sync_to_disk(folder)


def write_atomically(path: str, content: bytes) -> None:
    """Writes a file that appears whole or not at all; see `opened_atomically`.

    Args:
        path: a local path or a URL that TensorFlow knows, with one writer at a time; its folder is made if missing.
        content: all of the file.
    """
    with opened_atomically(path) as file:
        file.write(content)

"""Writes a file that appears whole or not at all, also after a power cut."""

import os
import posixpath
import uuid

from tfx.dsl.io import fileio


def write_atomically(path: str, content: bytes) -> None:
    """Writes a neighbour, puts it onto the disk, and renames it.

    Args:
        path: a local path or a URL that TensorFlow knows; its folder is made if missing.
        content: all of the file.
    """
    fileio.makedirs(posixpath.dirname(path))
    unfinished = f"{path}.{uuid.uuid4().hex}"
    with fileio.open(unfinished, "wb") as file:
        file.write(content)
    if "://" not in path:
        # Else a rename may reach the disk before the bytes do.
        descriptor = os.open(unfinished, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    fileio.rename(unfinished, path, overwrite=True)

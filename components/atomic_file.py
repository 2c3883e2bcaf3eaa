"""Writes a file that appears whole or not at all, also after a power cut."""

import os
import posixpath

from tfx.dsl.io import fileio


def write_atomically(path: str, content: bytes) -> None:
    """Writes a neighbour, puts it onto the disk, and renames it.

    Args:
        path: a local path or a URL that TensorFlow knows, with one writer at a time; its folder is made if missing.
        content: all of the file.
    """
    fileio.makedirs(posixpath.dirname(path))
    # Always the same neighbour: what a killed writer left is overwritten by the next.
    unfinished = f"{path}.unfinished"
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

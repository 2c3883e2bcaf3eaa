"""Writes a file that appears whole or not at all, also after a power cut."""

import posixpath

from tfx.dsl.io import fileio

from components.disk import sync_to_disk
from components.urls import is_url


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
    is_local = not is_url(path)
    if is_local:
        # Else a rename may reach the disk before the bytes do.
        sync_to_disk(unfinished)
    fileio.rename(unfinished, path, overwrite=True)
    if is_local:
        sync_to_disk(posixpath.dirname(path))

"""Waits for the disk. Loads nothing heavy."""

import os


def sync_to_disk(path: str | os.PathLike[str]) -> None:
    """Waits until a local file, or a folder's list of names, is on the disk.

    Args:
        path: a file, or a folder: a file whose folder entry is not on disk is lost with the power.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""The folders of a node's outputs: made empty for another attempt, and freed of what a recovered job left in them."""

import os
import posixpath
from collections.abc import Iterable

from tfx.dsl.io import fileio

# Beam's file sinks write below such a folder first. A bundle that was lost and done again leaves the first one there.
_BEAMS_LEFTOVERS = "beam-temp-"


def empty(folders: Iterable[str]) -> None:
    """Removes everything that is in folders.

    Args:
        folders: paths or URLs that TensorFlow knows.
    """
    for folder in folders:
        if fileio.exists(folder):
            fileio.rmtree(folder)
        fileio.makedirs(folder)


def remove_leftovers(folders: Iterable[str]) -> None:
    """Removes Beam's temporary folders, at whatever depth: a reader of all files of a folder would meet them.

    Args:
        folders: paths or URLs that TensorFlow knows.
    """
    for folder in folders:
        if not fileio.isdir(folder):
            continue
        found = [
            posixpath.join(os.fsdecode(parent), os.fsdecode(child))
            for parent, children, _ in fileio.walk(folder)
            for child in children
            if os.fsdecode(child).startswith(_BEAMS_LEFTOVERS)
        ]
        for path in found:
            if fileio.exists(path):
                fileio.rmtree(path)

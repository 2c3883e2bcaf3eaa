"""Tells a URL from a local path. Imports nothing heavy."""

import os


def is_url(path: str | os.PathLike[str]) -> bool:
    """Whether a path names something on an object store or another remote file system, such as `gs://bucket/x`."""
    return "://" in os.fspath(path)

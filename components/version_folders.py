"""Folders of versions, one subfolder a version: how they are numbered, and how a new one appears whole or not at all.

TF Serving reads models from such a folder, and DataGate keeps statistics in one.
"""

import contextlib
import pathlib
import shutil
import time
import uuid
from collections.abc import Iterator

# TF Serving ignores names that are no integers, so a staged version is invisible until its rename.
_STAGING_PREFIX = ".staging-"


def list_numbered(folder: pathlib.Path, marker: str) -> list[int]:
    """Lists the versions in a folder.

    Args:
        folder: the folder of versions; may be missing.
        marker: the file that every version has.

    Returns:
        Positive integers that name a subfolder with that file, ascending.
    """
    if not folder.is_dir():
        return []
    names = (path.name for path in folder.iterdir() if (path / marker).is_file())
    return sorted(int(name) for name in names if name.isascii() and name.isdigit() and int(name) > 0)


def newest_numbered(folder: pathlib.Path, marker: str) -> int:
    """Returns the highest of `list_numbered`, 0 if there is none."""
    return max(list_numbered(folder, marker), default=0)


def next_version(folder: pathlib.Path, marker: str, now: float) -> int:
    """The version that comes next: the time in seconds as TFX does, and always above every version there.

    Args:
        folder: the folder of versions; may be missing.
        marker: the file that every version has.
        now: seconds since the epoch.

    Returns:
        A version that grows even if the clock went back.
    """
    return max(int(now), newest_numbered(folder, marker) + 1)


@contextlib.contextmanager
def staged(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    """Gives the path of a version in the making, and removes what is still there at the end.

    Args:
        folder: the folder of versions, made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    staging = folder / f"{_STAGING_PREFIX}{uuid.uuid4().hex}"
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def publish_staged(staging: pathlib.Path, marker: str) -> int:
    """Gives a staged version its number.

    Args:
        staging: of `staged`, complete.
        marker: the file that every version has.

    Returns:
        The version.
    """
    while True:
        version = next_version(staging.parent, marker, time.time())
        target = staging.with_name(str(version))
        try:
            # Renaming onto an existing non-empty folder fails, so two writers cannot take the same version.
            staging.rename(target)
        except OSError:
            if not target.exists():
                raise
            continue
        return version

"""Folders of versions, one subfolder a version: how they are numbered, and how one appears whole or not at all.

TF Serving reads models from such a folder, and DataGate keeps statistics in one. `components.staging` makes what
`publish_staged` publishes.
"""

import os
import pathlib
import time
from collections.abc import Collection, Iterable

from components.disk import sync_to_disk
from components.staging import locked

# TF Serving parses a name as a signed integer of 64 bits.
_LARGEST_VERSION = 2**63 - 1


def list_numbered(folder: pathlib.Path, marker: str) -> list[int]:
    """Lists the versions in a folder.

    Args:
        folder: the folder of versions; may be missing.
        marker: the file that every version has.

    Returns:
        Positive integers that name a subfolder with that file, without leading zeros, ascending.
    """
    return sorted(n for n in _numbers_in(folder) if n > 0 and (folder / str(n) / marker).is_file())


def newest_numbered(folder: pathlib.Path, marker: str) -> int:
    """Returns the highest of `list_numbered`, 0 if there is none."""
    return max(list_numbered(folder, marker), default=0)


def numbers_among(names: Iterable[str]) -> set[int]:
    """Reads names as TF Serving does, which passes over those that are no numbers.

    Args:
        names: of files and folders.

    Returns:
        The numbers, also of names with leading zeros.
    """
    numbers = (int(name) for name in names if name.isascii() and name.isdigit() and len(name) <= 255)
    return {number for number in numbers if number < _LARGEST_VERSION}


def next_version(numbers: Collection[int], now: float) -> int:
    """The version that comes next: the time in seconds as TFX does, and always above every number there.

    Also above a number that is no version, such as a half copy that somebody left: TF Serving asks for the highest
    number, whatever lies there, and would never look at one below.

    Args:
        numbers: of `numbers_among` all the names there.
        now: seconds since the epoch.

    Returns:
        A version that grows even if the clock went back.
    """
    return max([int(now), *(number + 1 for number in numbers)])


def publish_staged(staging: pathlib.Path) -> int:
    """Gives a staged version its number, in one step, and waits until that is on the disk.

    Args:
        staging: of `components.staging.staged`, complete and on the disk.

    Returns:
        The version, above every other at that moment.
    """
    folder = staging.parent.parent
    # Without the lock two writers may choose in one order and rename in the other.
    with locked(folder):
        # When it began to serve: the copy's own time is that of the original.
        os.utime(staging)
        version = _rename_to_next(staging, folder)
        sync_to_disk(folder)
    return version


def _rename_to_next(staging: pathlib.Path, folder: pathlib.Path) -> int:
    while True:
        version = next_version(_numbers_in(folder), time.time())
        target = folder / str(version)
        try:
            # Fails if somebody who knows of no lock has put files there meanwhile.
            staging.rename(target)
        except OSError:
            if not target.exists():
                raise
            continue
        return version


def _numbers_in(folder: pathlib.Path) -> set[int]:
    return numbers_among(path.name for path in folder.iterdir()) if folder.is_dir() else set()

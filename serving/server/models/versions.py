"""What lies under a model's base path: the version folders, and whether one of them is whole.

A version is a folder whose name is a positive integer that fits a signed 64-bit one, leading zeros allowed, as for
TensorFlow Serving; every other name (`7.tmp`, `.staging-7`) is passed over, so that writers can stage beside it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

_LARGEST_VERSION = 2**63 - 1

Files = frozenset[tuple[str, int, int]]
"""Path, size in bytes and modification time in ns of every file of a version."""


@dataclass(frozen=True)
class Version:
    """One version folder: its number and where it lies."""

    number: int
    path: Path

    def missing_file(self) -> str | None:
        """Returns the first file, relative to the folder, that a whole SavedModel has and this one lacks, else None.

        TensorFlow Serving loads a folder without `variables/variables.index` as healthy and then fails every
        request; here such a folder is not whole, a deliberate divergence that never costs the version being served.
        """
        needed = ("saved_model.pb", "variables/variables.index")
        return next((name for name in needed if not (self.path / name).is_file()), None)

    def fingerprint(self) -> Files:
        """Returns what identifies the files' content: equal while nobody writes."""
        entries = set()
        for folder, _, names in os.walk(self.path):
            for name in names:
                file = Path(folder, name)
                try:
                    stat = file.stat()
                except OSError:
                    continue  # removed meanwhile, or closed to us: loading it tells, where it matters
                entries.add((str(file), stat.st_size, stat.st_mtime_ns))
        return frozenset(entries)


def scan(base_path: Path) -> list[Version]:
    """Returns the versions under a base path, newest (highest number) first.

    Of two folders with one number (`1`, `001`) the lexicographically last counts, as for TensorFlow Serving.

    Raises:
        OSError: The base path does not exist or cannot be listed.
    """
    by_number: dict[int, Path] = {}
    for path in sorted(base_path.iterdir()):
        number = _version_number(path.name)
        if number is not None and path.is_dir():
            by_number[number] = path
    return [Version(number, by_number[number]) for number in sorted(by_number, reverse=True)]


def _version_number(name: str) -> int | None:
    if not (name.isascii() and name.isdigit() and len(name) <= 255):
        return None
    number = int(name)
    return number if 0 < number <= _LARGEST_VERSION else None

"""Cuts the input into units of work of about equal size, before a byte of it is read.

A unit is a list of byte ranges, of one large file or of several small ones. The plan depends on the files' names and
sizes alone, so that a run that is repeated does the same work in the same pieces.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from components.example_gen.data_file import DataFile

# Large enough that opening files is nothing beside reading them, small enough that a worker holds several.
UNIT_BYTES = 32 << 20
ROWS_PER_SHARD = 25_000
# Every unit has a piece for every shard. More shards than this would be more places to remember than rows to place.
MAX_SHARDS = 1_024
# Measured on the real drawings: bytes of a CSV row, and what gzip leaves of a file.
BYTES_PER_ROW = 430
_GZIP_FACTOR = 3


class FileRange(NamedTuple):
    """Part `number` of the `of` equal parts of a file: all rows that begin in `[start, end)`."""

    file: DataFile
    number: int
    of: int

    @property
    def start(self) -> int:
        """The offset of its first byte."""
        return self.file.size * self.number // self.of

    @property
    def end(self) -> int:
        """The offset behind its last byte."""
        return self.file.size * (self.number + 1) // self.of

    def following(self) -> list["FileRange"]:
        """Returns the ranges of the file behind this one."""
        return [self._replace(number=number) for number in range(self.number + 1, self.of)]


class WorkUnit(NamedTuple):
    """What one worker reads at a time: its number among all units, and its ranges."""

    number: int
    ranges: tuple[FileRange, ...]


def plan_units(files: Iterable[DataFile], unit_bytes: int = UNIT_BYTES) -> list[WorkUnit]:
    """Plans who reads what.

    Args:
        files: the input.
        unit_bytes: about how many plain bytes a unit has. A gzipped file can only be read from its beginning, so it
            is one range, however large.
    """
    units: list[tuple[FileRange, ...]] = []
    unit: list[FileRange] = []
    room = unit_bytes
    for file_range in _ranges(files, unit_bytes):
        size = _plain_bytes(file_range.file, file_range.end - file_range.start)
        if unit and size > room:
            units.append(tuple(unit))
            unit, room = [], unit_bytes
        unit.append(file_range)
        room -= size
    if unit:
        units.append(tuple(unit))
    return [WorkUnit(number, ranges) for number, ranges in enumerate(units)]


def plan_shards(files: Sequence[DataFile], per_word: int | None) -> int:
    """Returns how many shards each split gets: one for every ROWS_PER_SHARD rows of all splits, at most MAX_SHARDS.

    Args:
        files: the input.
        per_word: the most rows kept of a word; None keeps all.
    """
    rows = sum(_plain_bytes(file, file.size) for file in files) // BYTES_PER_ROW
    if per_word is not None:
        rows = min(rows, per_word * len({file.label for file in files}))
    return min(max(1, -(-rows // ROWS_PER_SHARD)), MAX_SHARDS)


def _ranges(files: Iterable[DataFile], range_bytes: int) -> Iterator[FileRange]:
    """Cuts files into ranges of equal size, the largest that is not above `range_bytes`."""
    for file in files:
        count = 1 if file.is_gzipped else max(1, -(-file.size // range_bytes))
        for number in range(count):
            yield FileRange(file, number, count)


def _plain_bytes(file: DataFile, size: int) -> int:
    """Estimates how many bytes of text a part of a file is."""
    return size * _GZIP_FACTOR if file.is_gzipped else size

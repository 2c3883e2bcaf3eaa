"""A part of a submission: one shard's lines in a file of their own, whole or not there."""

import csv
import io
import json
import pathlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from components.atomic_file import write_atomically

_PREFIX, _SUFFIX = "part-", ".csv"


class PartCounts(NamedTuple):
    """What the first line of a part tells: its rows, and how many of their drawings were none."""

    rows: int
    malformed: int


def write_part(folder: str, number: int, keys: Iterable[bytes], words: Iterable[str], counts: PartCounts) -> None:
    """Writes a part.

    Args:
        folder: of the parts; one that all workers see.
        number: of the shard.
        keys: the key of each row.
        words: the answer to each.
        counts: of the rows.
    """
    text = io.StringIO()
    text.write(json.dumps(counts._asdict()) + "\n")
    rows = zip((key.decode() for key in keys), words, strict=True)
    csv.writer(text, lineterminator="\n").writerows(rows)
    write_atomically(f"{folder}/{_PREFIX}{number:06d}{_SUFFIX}", text.getvalue().encode())


def list_parts(folder: pathlib.Path) -> dict[int, pathlib.Path]:
    """Finds the parts that are there, by the number of their shard, in order."""
    paths = sorted(folder.glob(f"{_PREFIX}*{_SUFFIX}"), key=_number)
    return {_number(path): path for path in paths}


def open_part(stream: BinaryIO) -> tuple[PartCounts, Iterator[bytes]]:
    """Reads a part.

    Args:
        stream: of the part's file, at its beginning.

    Returns:
        Its counts, and its lines as a submission has them, in large pieces.
    """
    counts = PartCounts(**json.loads(stream.readline()))
    return counts, iter(lambda: stream.read(1 << 20), b"")


def _number(path: pathlib.Path) -> int:
    return int(path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX))

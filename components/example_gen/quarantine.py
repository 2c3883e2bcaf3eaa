"""The quarantine: one file of JSON lines for each data file that had malformed rows.

A row's number is known only when all ranges before its own have been counted. So each range writes its malformed rows
to a part of its own, numbered from its beginning, and the parts of a file are joined at the end.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tfx.dsl.io import fileio

from components.example_gen.data_file import DataFile, stem_of
from components.example_gen.row_batch import BadRow
from components.example_gen.work_plan import FileRange

_MAX_TEXT = 200


class RangeRows(NamedTuple):
    """What the quarantine must know of a range: its file's name, its place there, its rows, and its malformed ones.

    Attributes:
        file_name: the data file's name.
        number: the position of the range among those of its file.
        num_rows: how many rows it has, good and bad.
        part: the file of its malformed rows; empty if it has none.
    """

    file_name: str
    number: int
    num_rows: int
    part: str


def clear_quarantine(quarantine_dir: str) -> None:
    """Makes the folder and removes what earlier runs found, which would read as a finding of this run."""
    fileio.makedirs(quarantine_dir)
    for path in fileio.glob(f"{quarantine_dir}/*.jsonl"):
        fileio.remove(path)


def quarantine_key(file: DataFile) -> str:
    """Returns the name that the malformed rows of a file are listed under; `cat.csv` and `cat.csv.gz` share it."""
    return stem_of(file.name)


def write_part(folder: str, part: FileRange, bad_rows: Sequence[BadRow]) -> str:
    """Writes the malformed rows of a range, in the order of the file.

    Args:
        folder: an existing folder that all workers see.
        part: the range.
        bad_rows: its malformed rows, numbered from the beginning of the range; their texts are cut.

    Returns:
        The path of the part; empty if there are no such rows.
    """
    if not bad_rows:
        return ""
    path = f"{folder}/{part.file.name}-{part.number:06d}.jsonl"
    records = ({"file": part.file.name, **row._asdict(), "text": row.text[:_MAX_TEXT]} for row in sorted(bad_rows))
    _write_json_lines(path, records)
    return path


def write_quarantine(quarantine_dir: str, key: str, ranges: Iterable[RangeRows]) -> None:
    """Joins the parts of the files of one key to `<key>.jsonl`, with each row's number in its file.

    Args:
        quarantine_dir: an existing folder.
        key: of `quarantine_key`.
        ranges: all ranges of the files, in any order. Nothing is written if none has malformed rows.
    """
    ordered = sorted(ranges)
    if any(each.part for each in ordered):
        _write_json_lines(f"{quarantine_dir}/{key}.jsonl", _numbered_records(ordered))


def _numbered_records(ranges: Sequence[RangeRows]) -> Iterator[dict[str, Any]]:
    """Yields the malformed rows of sorted ranges, one at a time, however many there are."""
    file_name, rows_before = "", 0
    for each in ranges:
        if each.file_name != file_name:
            file_name, rows_before = each.file_name, 0
        if each.part:
            with fileio.open(each.part) as stream:
                for line in stream:
                    record = json.loads(line)
                    yield {**record, "row": record["row"] + rows_before}
        rows_before += each.num_rows


def _write_json_lines(path: str, records: Iterable[dict[str, Any]]) -> None:
    """Writes records so that a reader never sees half a file: beside its place, then renamed."""
    temporary = f"{path}.{uuid.uuid4().hex}.tmp"
    with fileio.open(temporary, "w") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    fileio.rename(temporary, path, overwrite=True)

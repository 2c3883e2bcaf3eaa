"""The first rows of a file, with all of its columns, as they lie there: the table that the notebook begins with."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice

from components.example_gen.data_file import DataFile, open_data_file

_ROWS = 5
_HEAD_BYTES = 1 << 20
_MOST_TEXT = 48


def first_rows(file: DataFile) -> list[dict[str, str]]:
    """Reads the beginning of a file; nothing is judged.

    Args:
        file: any data file.

    Returns:
        Column -> cell of at most five rows, each cell cut to its beginning; rows of which nothing can be made are left
        out.

    Raises:
        UnreadableFileError: the file cannot be read.
    """
    with open_data_file(file.path) as stream:
        head = stream.read(_HEAD_BYTES)
    # What the csv module raises at; no row of the data set has one.
    text = head.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
    rows = _csv_rows(text, file.columns) if file.format == "csv" else _json_rows(text)
    return [{name: _shortened(cell) for name, cell in row.items()} for row in islice(rows, _ROWS)]


def _csv_rows(text: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    next(reader, None)
    try:
        yield from (dict(zip(columns, cells, strict=True)) for cells in reader if len(cells) == len(columns))
    except csv.Error:
        # A quote that is never closed, or not yet where the beginning ends: the rest would be one huge cell.
        return


def _json_rows(text: str) -> Iterator[dict[str, str]]:
    for line in text.splitlines():
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            yield {name: cell if isinstance(cell, str) else json.dumps(cell) for name, cell in row.items()}


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"

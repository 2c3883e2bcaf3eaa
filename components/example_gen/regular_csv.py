"""Reads CSV that is written in the one way of Kaggle's files, several times as fast as a general parser.

Regular is a piece of a file where every row is a line, and the only quotes in it are the two around its drawing. Then
the line ends and quotes tell where the drawings are, and what is left has no quotes that mean anything, so that commas
and line ends are all there is to look for. Anything else is left to the general parser, and what this one reads is
what that one would have read.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from components.example_gen.row_batch import COLUMNS

_QUOTE, _COMMA, _LINE_END, _RETURN = b'",\n\r'
_QUOTED = "drawing"
_LARGEST = np.iinfo(np.int32).max


def parse_regular(data: bytes, columns: Sequence[str]) -> pa.Table | None:
    """Parses whole rows without a header.

    Args:
        data: UTF-8.
        columns: the names in the header.

    Returns:
        A table of COLUMNS (binary); None if the text is not regular.
    """
    if len(data) > _LARGEST or not data.endswith(b"\n") or len(set(columns)) < len(columns) or _QUOTED not in columns:
        return None
    split = _split_off_drawings(data)
    if split is None:
        return None
    drawings, rest = split
    cells = _cells(rest, len(drawings), columns)
    if cells is None:
        return None
    cells[_QUOTED] = drawings
    return pa.table({name: cells[name] if name in cells else _missing(name, len(drawings)) for name in COLUMNS})


def _split_off_drawings(data: bytes) -> tuple[pa.BinaryArray, bytes] | None:
    """Returns what the quotes of each row enclose, and the text without it; None if there are not two quotes a row."""
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE)
    # That each row has two of them is known when each is found to have one quoted cell.
    if len(quotes) != 2 * np.count_nonzero(text == _LINE_END):
        return None
    opened, closed = quotes[0::2], quotes[1::2]
    # Every other piece is a drawing; those between begin with the quote behind it and end with the one before the next.
    cuts = np.empty(len(quotes) + 2, np.int32)
    cuts[0], cuts[1:-1:2], cuts[2::2], cuts[-1] = 0, opened + 1, closed, len(data)
    pieces = _array(cuts, data)
    drawings = pieces.take(pa.array(np.arange(1, len(pieces), 2)))
    rest = pieces.take(pa.array(np.arange(0, len(pieces), 2)))
    _, offsets, content = rest.buffers()
    return drawings, content.slice(0, np.frombuffer(offsets, np.int32)[len(rest)]).to_pybytes()


def _cells(rest: bytes, rows: int, columns: Sequence[str]) -> dict[str, pa.BinaryArray] | None:
    """Returns the cells by column; None if a row has not one for each, or something else than its drawing is quoted."""
    text = np.frombuffer(rest, np.uint8)
    marks = np.flatnonzero((text == _COMMA) | (text == _LINE_END))
    if len(marks) != rows * len(columns) or _RETURN in rest:
        return None
    ends = marks.reshape(rows, len(columns))
    if (text[ends[:, -1]] != _LINE_END).any():
        return None
    starts = np.append(0, marks[:-1] + 1).reshape(rows, len(columns))
    quoted = columns.index(_QUOTED)
    if (ends[:, quoted] - starts[:, quoted] != 2).any() or (text[starts[:, quoted]] != _QUOTE).any():
        return None
    cuts = np.empty(2 * len(marks) + 1, np.int32)
    cuts[0:-1:2], cuts[1::2], cuts[-1] = starts.ravel(), marks, len(rest)
    cells_and_marks = _array(cuts, rest)
    positions = 2 * np.arange(len(marks)).reshape(rows, len(columns))
    return {
        name: cells_and_marks.take(pa.array(positions[:, number]))
        for number, name in enumerate(columns)
        if name in COLUMNS
    }


def _missing(name: str, rows: int) -> pa.BinaryArray:
    """Returns what the general parser gives for a column that is not there: nothing, and "" for the country."""
    return pa.array([b"" if name == "countrycode" else None] * rows, pa.binary())


def _array(cuts: np.ndarray, data: bytes) -> pa.BinaryArray:
    """Returns what is between any two cuts, without a copy."""
    return pa.BinaryArray.from_buffers(pa.binary(), len(cuts) - 1, [None, pa.py_buffer(cuts), pa.py_buffer(data)])

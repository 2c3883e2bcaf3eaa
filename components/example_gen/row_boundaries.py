"""Where rows begin, so that a file can be cut into byte ranges that are read apart from each other.

A range owns the rows that begin in it. Where those are is a function of the file's bytes alone, so neighbours agree on
the boundary between them: no byte is read twice and none is left out, whatever the bytes are.

For CSV the difficulty is a line end inside quotes. Whether an offset lies inside quotes would in principle depend on
all bytes before it. But the first quote behind the offset mostly tells by its neighbours: one with a comma or a line
end before it and text behind it opens, one with text before it closes (Ge et al., "Speculative Distributed CSV Data
Parsing for Big Data Analytics", SIGMOD 2019).
"""

import re
from typing import BinaryIO

from components.example_gen.work_plan import FileRange

_WINDOW_BYTES = 1 << 16

_OPENING_QUOTE = re.compile(rb'(?<=[,\n])"(?=[^",\r\n])')
_CLOSING_QUOTE = re.compile(rb'(?<=[^",\r\n])"(?=[,\r\n])')


def range_bounds(stream: BinaryIO, part: FileRange) -> tuple[int, int]:
    """Returns from where to where a range's own rows lie.

    Args:
        stream: the file, seekable; its position is changed.
        part: the range.

    Returns:
        Offsets `(start, end)`, equal where no row begins in the range. The bounds of all ranges of a file follow one
        another from 0 to its size.
    """
    start = _first_row_start(stream, part)
    if start is None:
        return part.start, part.start
    starts_behind = (_first_row_start(stream, following) for following in part.following())
    return start, next((start for start in starts_behind if start is not None), part.file.size)


def _first_row_start(stream: BinaryIO, part: FileRange) -> int | None:
    """Returns the offset of the first row that begins in a range; None if none does."""
    if part.start == 0:
        return 0
    window_bytes = _WINDOW_BYTES
    # Where a row begins is only known by the line end before it.
    before = part.start - 1
    while True:
        stream.seek(before)
        window = stream.read(min(window_bytes, part.end - 1 - before))
        position = _row_start(window, part.file.format)
        if position is not None:
            return before + position
        if before + len(window) >= part.end - 1:
            return None
        window_bytes *= 4


def _row_start(window: bytes, data_format: str) -> int | None:
    """Returns the position behind the first line end of a window that no quotes enclose; None without one."""
    is_quoted = data_format == "csv" and _begins_quoted(window)
    position = 0
    while (line_end := window.find(b"\n", position)) >= 0:
        if data_format == "csv":
            is_quoted ^= window.count(b'"', position, line_end) % 2 == 1
        position = line_end + 1
        if not is_quoted:
            return position
    return None


def _begins_quoted(window: bytes) -> bool:
    """Tells whether a window begins inside quotes, by the first quote that shows which side of a field it is on."""
    opening, closing = _OPENING_QUOTE.search(window), _CLOSING_QUOTE.search(window)
    if closing is None:
        return False if opening is None else window.count(b'"', 0, opening.start()) % 2 == 1
    if opening is None or closing.start() < opening.start():
        return window.count(b'"', 0, closing.start()) % 2 == 0
    return window.count(b'"', 0, opening.start()) % 2 == 1

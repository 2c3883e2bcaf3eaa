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

_TELLING_QUOTE = re.compile(rb"""(?P<opening>(?<=[,\n])"(?=[^",\r\n]))|(?P<closing>(?<=[^",\r\n])"(?=[,\r\n]))""")


def range_bounds(stream: BinaryIO, part: FileRange) -> tuple[int, int]:
    """Returns from where to where a range's own rows lie.

    Args:
        stream: the file, seekable; its position is changed.
        part: the range.

    Returns:
        Offsets `(start, end)`, equal where no row begins in the range. Those of all other ranges of a file follow one
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
    # Where a row begins is only known by the line end before it.
    before = part.start - 1
    is_quoted = part.file.format == "csv" and _begins_quoted(stream, before)
    stream.seek(before)
    window = b""
    position = 0
    # A row that begins at `end` belongs to the next range.
    while block := stream.read(min(_WINDOW_BYTES, part.end - 1 - before - len(window))):
        window += block
        while line_end := window.find(b"\n", position) + 1:
            if part.file.format == "csv":
                is_quoted ^= window.count(b'"', position, line_end) % 2 == 1
            position = line_end
            if not is_quoted:
                return before + position
    return None


def _begins_quoted(stream: BinaryIO, offset: int) -> bool:
    """Tells whether an offset lies inside quotes, by the first quote behind it that shows on which side it is."""
    window_bytes = _WINDOW_BYTES
    while True:
        stream.seek(offset)
        window = stream.read(window_bytes)
        telling = _TELLING_QUOTE.search(window)
        if telling is not None:
            is_odd = window.count(b'"', 0, telling.start()) % 2 == 1
            return is_odd if telling.lastgroup == "opening" else not is_odd
        if len(window) < window_bytes:
            return False
        window_bytes *= 4

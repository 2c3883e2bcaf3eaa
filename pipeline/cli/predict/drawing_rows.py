"""The drawings that `quickdraw predict` is given, in all the forms that people have them in.

A drawing is JSON, simplified or raw; a raw one is simplified here. There may be one a line, a JSON list of them over as
many lines as it likes, Google's ndjson (a line is an object with the key `drawing`), or a CSV file with the column
`drawing`. Rows are numbered from 1, as everywhere: without blank lines and a CSV's header.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from io import StringIO
from itertools import chain, count
from typing import NamedTuple, TextIO, TypeGuard

from components.drawing import InvalidDrawingError
from components.errors import UsageError
from components.simplification import simplify_if_raw, simplify_text

STANDARD_INPUT = "-"
_LONGEST_CELL = 2**27  # the csv module's own limit, 128 KiB, is below what a drawing may need


class DrawingRow(NamedTuple):
    """A row of the input.

    Attributes:
        number: From 1.
        text: The drawing as the server takes it; empty if the row is none.
        reason: Why it is none.
    """

    number: int
    text: str
    reason: str = ""


def name_of(source: str) -> str:
    """Returns what to call a source in a sentence."""
    if source == STANDARD_INPUT:
        return "standard input"
    return "the command line" if _is_drawing_itself(source) else source


def read_rows(source: str) -> Iterator[DrawingRow]:
    """Reads drawings, one line at a time; only a JSON list of several lines is read as a whole.

    Args:
        source: A file, `-` for standard input, or JSON itself.

    Yields:
        Every row, also those that are no drawings.

    Raises:
        UsageError: The file cannot be read, or is a CSV file without the column.
    """
    with _open(source) as lines:
        is_csv = source.lower().endswith(".csv")
        yield from _csv_rows(source, lines) if is_csv else _json_rows(lines)


def _open(source: str) -> AbstractContextManager[TextIO]:
    """Opens a source; bytes that are no UTF-8 become a text that is no JSON, and cost only their own row."""
    if _is_drawing_itself(source):
        return nullcontext(StringIO(source))
    is_input = source == STANDARD_INPUT
    try:
        path: str | int = 0 if is_input else source
        return open(path, encoding="utf-8-sig", errors="surrogateescape", newline="", closefd=not is_input)
    except OSError as error:
        raise UsageError(f"Cannot read {source}: {error.strerror}.") from error


def _is_drawing_itself(source: str) -> bool:
    return source.lstrip().startswith(("[", "{"))  # a file of such a name can be given as ./NAME


def _json_rows(lines: Iterable[str]) -> Iterator[DrawingRow]:
    numbers = count(1)
    for value in _json_values(lines):
        for drawing in value if _is_list_of_drawings(value) else [value]:
            yield _row(next(numbers), drawing)


def _json_values(lines: Iterable[str]) -> Iterator[object]:
    """Yields the value of each line, or of all together if the first line is only the beginning of one."""
    filled: Iterator[str] = (line for line in lines if not line.isspace())
    first = next(filled, "")
    if not first:
        return
    if _is_cut_off(first):
        rest = list(filled)
        whole = _value("".join([first, *rest]))
        if not isinstance(whole, str):
            yield whole
            return
        filled = iter(rest)
    yield from map(_value, chain([first], filled))


def _value(text: str) -> object:
    """Parses JSON; what is none stays a text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _is_cut_off(text: str) -> bool:
    """Whether a text would be JSON if it went on."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return error.pos >= len(text.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _is_list_of_drawings(value: object) -> TypeGuard[list[object]]:
    """Whether a list has objects or texts in it, or lists one level deeper than a drawing has."""
    return isinstance(value, list) and any(isinstance(item, str | dict) or _is_list_of_strokes(item) for item in value)


def _is_list_of_strokes(value: object) -> bool:
    return isinstance(value, list) and any(
        isinstance(stroke, list) and any(isinstance(axis, list) for axis in stroke) for stroke in value
    )


def _row(number: int, value: object) -> DrawingRow:
    drawing = value.get("drawing") if isinstance(value, dict) else value
    try:
        if isinstance(drawing, str):
            return DrawingRow(number, simplify_text(drawing))
        return DrawingRow(number, json.dumps(simplify_if_raw(drawing), separators=(",", ":")))
    except InvalidDrawingError as error:
        return DrawingRow(number, "", error.reason)


def _csv_rows(file: str, lines: TextIO) -> Iterator[DrawingRow]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(lines)
    try:
        header = reader.fieldnames or ["drawing"]  # a file without a header has no rows either
    except csv.Error as error:
        raise UsageError(f"{file} is not a CSV file: {error}.") from error
    if "drawing" not in header:
        raise UsageError(f"{file} has no column named drawing: its header is {','.join(header)}.")
    for number in count(1):
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield DrawingRow(number, "", f"not CSV: {error}")
            continue
        if cells is None:
            return
        yield _row(number, cells["drawing"] or "")

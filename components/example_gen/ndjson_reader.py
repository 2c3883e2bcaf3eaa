"""Reads Google's ndjson, one JSON object a line, and sets lines that are none aside instead of giving up.

Almost every line of the simplified files is written in one regular way, which regular expressions take apart without a
Python object a row. All others go through `json`: keys may stand in any order, strings may have escapes, further keys
are ignored, and raw drawings are simplified. Rows are numbered from 1, without blank lines.
"""

import json
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.drawing import InvalidDrawingError
from components.example_gen.drawing_shapes import COORDINATE_PATTERN
from components.example_gen.row_batch import COLUMNS, ROW_COLUMN, BadRow, RowBatch
from components.simplification import simplify_if_raw

NOT_AN_OBJECT = "not a JSON object"

_TEXT = r'[^"\\\x00-\x1f]*'
_HEAD = (
    rf'\A\{{"word":"(?P<word>{_TEXT})","countrycode":"(?P<countrycode>{_TEXT})","timestamp":"{_TEXT}",'
    rf'"recognized":(?P<recognized>true|false),"key_id":"(?P<key_id>{_TEXT})"'
)
_BEFORE_DRAWING = b',"drawing":'
_AXIS = rf"\[{COORDINATE_PATTERN}(?:,{COORDINATE_PATTERN})*\]"
_STROKE = rf"\[{_AXIS},{_AXIS}\]"
_REGULAR_LINE = rf"{_HEAD}{_BEFORE_DRAWING.decode()}\[{_STROKE}(?:,{_STROKE})*\]\}}\z"
_BYTE_ORDER_MARK = "\ufeff"


def read_ndjson(chunks: Iterable[bytes]) -> Iterator[RowBatch]:
    """Reads the rows of an ndjson file.

    Args:
        chunks: the file, or a part of it, in pieces that end where a line ends.

    Yields:
        Batches that together hold every line that is not blank once, in the table or as a broken one; within a table
        the regular lines come first. A missing value is an empty cell. What is not UTF-8 becomes U+FFFD.
    """
    rows_before = 0
    for chunk in chunks:
        lines = _split_lines(chunk)
        numbers = pa.array(np.arange(1, len(lines) + 1) + rows_before)
        rows_before += len(lines)
        is_regular = pc.match_substring_regex(lines, _REGULAR_LINE)
        is_irregular = pc.invert(is_regular)
        regular = _read_regular(lines.filter(is_regular), numbers.filter(is_regular))
        irregular, broken = _read_irregular(lines.filter(is_irregular), numbers.filter(is_irregular))
        yield RowBatch(pa.concat_tables([regular, irregular]).combine_chunks(), broken)


def _split_lines(chunk: bytes) -> pa.BinaryArray:
    """Splits bytes into those lines that are not blank, as UTF-8 and without their ends."""
    text = chunk if chunk.isascii() else chunk.decode("utf-8", errors="replace").encode()
    lines = pc.split_pattern(pa.array([text], pa.binary()), b"\n").flatten()
    return lines.filter(pc.match_substring_regex(lines, r"\S"))


def _read_regular(lines: pa.BinaryArray, numbers: pa.Int64Array) -> pa.Table:
    """Takes lines apart that match _REGULAR_LINE."""
    # No string of such a line holds a quote, so that this splits at its last key alone.
    parts = pc.split_pattern(lines, _BEFORE_DRAWING)
    head = pc.extract_regex(pc.list_element(parts, 0), _HEAD)
    cells = {field.name: cell for field, cell in zip(head.type, head.flatten(), strict=True)}
    cells["recognized"] = pc.if_else(pc.equal(cells["recognized"], b"true"), b"True", b"False")
    # All but the object's closing brace.
    cells["drawing"] = pc.binary_replace_slice(pc.list_element(parts, 1), -1, np.iinfo(np.int64).max, b"")
    return pa.table({**{name: cells[name] for name in COLUMNS}, ROW_COLUMN: numbers})


def _read_irregular(lines: pa.BinaryArray, numbers: pa.Int64Array) -> tuple[pa.Table, list[BadRow]]:
    """Parses lines one by one and lists those that are no JSON objects."""
    rows: list[dict[str, object]] = []
    broken: list[BadRow] = []
    for line, number in zip(lines.to_pylist(), numbers.to_pylist(), strict=True):
        text = line.decode()
        try:
            rows.append({**_parse_line(text), ROW_COLUMN: number})
        # `json` raises a ValueError for what is no JSON, and a RecursionError for what is nested without end.
        except (ValueError, RecursionError):
            broken.append(BadRow(number, "", "", NOT_AN_OBJECT, text))
    schema = pa.schema([*((name, pa.binary()) for name in COLUMNS), (ROW_COLUMN, pa.int64())])
    return pa.Table.from_pylist(rows, schema), broken


def _parse_line(text: str) -> dict[str, bytes]:
    """Returns the cells of a line by column.

    Raises:
        ValueError: if it is no JSON object.
    """
    values = json.loads(text.removeprefix(_BYTE_ORDER_MARK))
    if not isinstance(values, dict):
        raise ValueError(NOT_AN_OBJECT)
    values["drawing"] = _simplified(values.get("drawing"))
    return {name: _cell(values.get(name)) for name in COLUMNS}


def _simplified(drawing: object) -> object:
    """Simplifies a raw drawing; what is no drawing stays as it is, so that its judge can name the reason."""
    try:
        return simplify_if_raw(drawing)
    except InvalidDrawingError:
        return drawing


def _cell(value: object) -> bytes:
    """Returns a value as the CSV files have it: text as it is, truth as Python writes it, all else as JSON."""
    if value is None:
        return b""
    if isinstance(value, bool):
        return str(value).encode()
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    # JSON can escape half of a surrogate pair, which UTF-8 cannot hold.
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()

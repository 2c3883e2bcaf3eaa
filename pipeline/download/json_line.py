"""Turns one line of Google's ndjson into a row of Kaggle's CSV, in whatever way the line is written.

Keys may stand in any order, strings may have escapes, further keys are ignored, and raw drawings are simplified.
"""

import csv
import io
import json
import re
from typing import Any

from components.drawing import InvalidDrawingError
from components.example_gen.data_file import label_of
from components.example_gen.ndjson_reader import NOT_AN_OBJECT
from components.example_gen.row_checks import OTHER_WORD
from components.simplification import simplify_if_raw, simplify_strokes

SECOND_PATTERN = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"
_TIMESTAMP = re.compile(rf"({SECOND_PATTERN})(?:\.([0-9]{{1,6}}))? UTC")


class MalformedLineError(Exception):
    """A line is no row.

    Attributes:
        reason: short, one of a few.
        key_id: what the line gives for it, or nothing.
        word: the same.
    """

    def __init__(self, reason: str, values: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.key_id, self.word = (str((values or {}).get(name, "")) for name in ("key_id", "word"))


def convert_line(line: bytes, word: str, is_raw: bool) -> bytes:
    """Converts one line.

    Args:
        line: may be anything.
        word: that the row must have.
        is_raw: the drawing is as it was drawn and has to be simplified; else only what is not simplified is.

    Returns:
        The row as the CSV file has it, with its end.

    Raises:
        MalformedLineError: if the line is no row.
    """
    values = _parse_object(line, word)
    simplify = simplify_strokes if is_raw else simplify_if_raw
    try:
        drawing = simplify(values.get("drawing"))  # type: ignore[arg-type]  # it checks what it is given
    except InvalidDrawingError as error:
        raise MalformedLineError(f"drawing: {error.reason}", values) from error
    cells = [
        values.get("countrycode") or "",
        json.dumps(drawing),
        values["key_id"],
        values["recognized"],
        _kaggle_time(str(values.get("timestamp") or "")),
        word,
    ]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    # JSON can escape half of a surrogate pair, which UTF-8 cannot hold.
    return text.getvalue().encode("utf-8", "replace")


def _parse_object(line: bytes, word: str) -> dict[str, Any]:
    """Parses a line and checks all of it but the drawing."""
    try:
        values = json.loads(line.decode("utf-8-sig"))
    # `json` raises a ValueError for what is no JSON, and a RecursionError for what is nested without end.
    except (ValueError, RecursionError) as error:
        raise MalformedLineError(NOT_AN_OBJECT) from error
    if not isinstance(values, dict):
        raise MalformedLineError(NOT_AN_OBJECT)
    key_id = values.get("key_id")
    if not str(key_id or "").strip() or not isinstance(key_id, str | int):
        raise MalformedLineError("key_id is missing", values)
    if not isinstance(values.get("recognized"), bool):
        raise MalformedLineError("recognized is neither true nor false", values)
    if label_of(str(values.get("word"))) != label_of(word):
        raise MalformedLineError(OTHER_WORD, values)
    return values


def _kaggle_time(timestamp: str) -> str:
    """Writes Google's time as Kaggle does, always with six digits of a second; any other text stays as it is."""
    match = _TIMESTAMP.fullmatch(timestamp)
    return f"{match[1]}.{match[2] or '':0<6}" if match else timestamp

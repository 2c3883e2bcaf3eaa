"""Counts strokes and points of many drawings at once, and finds the malformed ones.

`components.drawing.parse_drawing` decides what a drawing is. Almost every text is written in one regular way, which a
regular expression recognizes and NumPy measures many times faster; all others go to `parse_drawing`.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.drawing import InvalidDrawingError, parse_drawing

COORDINATE_PATTERN = r"(?:[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])"
_AXIS = rf"\[{COORDINATE_PATTERN}(?:, ?{COORDINATE_PATTERN})*\]"
_STROKE = rf"\[{_AXIS}, ?{_AXIS}\]"
_REGULAR_DRAWING = rf"\A\[{_STROKE}(?:, ?{_STROKE})*\]\z"


class DrawingShapes(NamedTuple):
    """Strokes and points of N drawings, int64 [N], 0 where the drawing is malformed, and the reasons by position."""

    strokes: np.ndarray
    points: np.ndarray
    errors: dict[int, str]


def measure_drawings(drawings: pa.BinaryArray) -> DrawingShapes:
    """Counts the strokes and points of drawings.

    Args:
        drawings: UTF-8 texts, [N], none null.
    """
    strokes = np.zeros(len(drawings), np.int64)
    points = np.zeros(len(drawings), np.int64)
    errors: dict[int, str] = {}
    is_regular = pc.match_substring_regex(drawings, _REGULAR_DRAWING)
    regular = np.flatnonzero(is_regular.to_numpy(zero_copy_only=False))
    strokes[regular], points[regular] = _measure_regular(drawings.filter(is_regular))
    for index in np.flatnonzero(points == 0).tolist():
        try:
            parsed = parse_drawing(drawings[index].as_py().decode())
        except InvalidDrawingError as error:
            strokes[index] = 0
            errors[index] = error.reason
        else:
            strokes[index] = len(parsed)
            points[index] = sum(len(stroke.xs) for stroke in parsed)
    return DrawingShapes(strokes, points, errors)


def _measure_regular(drawings: pa.BinaryArray) -> tuple[np.ndarray, np.ndarray]:
    """Counts strokes and points of texts that match _REGULAR_DRAWING; points are 0 where lists differ in length.

    A text of n strokes has 3n + 1 pairs of brackets. Without the outermost, every three opening ones are a stroke, its
    x list and its y list, in this order, and every three closing ones an x list, its y list and their stroke. A list
    has one comma less than numbers.
    """
    if not len(drawings):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    _, offset_buffer, data_buffer = drawings.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32)[drawings.offset : drawings.offset + len(drawings) + 1]
    text = np.frombuffer(data_buffer, np.uint8)[: offsets[-1]]
    commas = np.cumsum(text == ord(","), dtype=np.int32)
    opened, closed = np.flatnonzero(text == ord("[")), np.flatnonzero(text == ord("]"))
    first_open, last_closed = np.searchsorted(opened, offsets[:-1]), np.searchsorted(closed, offsets[1:]) - 1
    opened = np.delete(opened, first_open).reshape(-1, 3)
    closed = np.delete(closed, last_closed).reshape(-1, 3)
    x_commas = commas[closed[:, 0]] - commas[opened[:, 1]]
    y_commas = commas[closed[:, 1]] - commas[opened[:, 2]]
    strokes = np.diff(first_open, append=len(opened) * 3 + len(drawings)) // 3
    first_stroke = np.cumsum(strokes) - strokes
    is_equal = np.logical_and.reduceat(x_commas == y_commas, first_stroke)
    return strokes, np.where(is_equal, np.add.reduceat(x_commas + 1, first_stroke), 0)

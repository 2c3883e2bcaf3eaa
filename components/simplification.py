"""Turns a raw drawing into the form of the simplified data set, with the data set's own four steps.

Google names the steps beside the data (https://github.com/googlecreativelab/quickdraw-dataset): move the drawing to the
top left, scale its longer side to 255, resample every stroke at 1 pixel, and drop points with the Ramer-Douglas-Peucker
algorithm with an epsilon of 2 pixels. What that leaves open is here as the data has it; of 24 readings this is the one
that gives all 19 strokes of two drawings, published raw and simplified, point for point:

- Resampling steps along the whole stroke, not along each line of it, and then adds the last point. So a corner between
  two samples is cut, and a stroke without length, a tap, becomes two equal points.
- A point's distance is the one to the line through both ends, not to the piece between them.
- Rounding comes last. The outermost point may have been dropped before, so that not every drawing reaches 0 and 255.
"""

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from components.drawing import MAX_COORDINATE, InvalidDrawingError, Stroke
from components.polylines import find_corners, line_lengths, resample

EPSILON = 2.0
# Pixels along all strokes: three times the longest of the real drawings looked at, and a bound on the work that a few
# bytes of hostile text can ask for.
MAX_LENGTH = 1 << 17


class _FlatDrawing(NamedTuple):
    """All strokes in one row: coordinates float64 [2, P], points a stroke int64 [S], and whether its form is simple."""

    axes: np.ndarray
    sizes: np.ndarray
    is_simplified: bool


def simplify_text(text: str) -> str:
    """Brings the text of a drawing into the simplified form.

    Args:
        text: JSON, a list of strokes `[xs, ys]` or `[xs, ys, times]`.

    Returns:
        A text that `parse_drawing` takes; the same drawing if `parse_drawing` takes `text`.

    Raises:
        InvalidDrawingError: if the text is no drawing, neither simplified nor raw.
    """
    try:
        drawing = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDrawingError("not JSON") from error
    return json.dumps(simplify_if_raw(drawing), separators=(",", ":"))


def simplify_if_raw(drawing: object) -> list[Stroke]:
    """Simplifies a drawing, as JSON gave it, unless it has the simplified form already.

    It is raw if a stroke has times, or a coordinate is not an integer or lies outside 0..255.

    Raises:
        InvalidDrawingError: if it is no drawing, neither simplified nor raw.
    """
    strokes = _check_strokes(drawing)
    flat = _flatten(strokes)
    return [Stroke(*stroke) for stroke in strokes] if flat.is_simplified else _simplify(flat)


def simplify_strokes(drawing: Sequence[Sequence[Sequence[float]]]) -> list[Stroke]:
    """Simplifies a drawing; one that is simplified already may lose points a second time.

    Args:
        drawing: strokes `[xs, ys]` or `[xs, ys, times]`, finite numbers in any unit; times are not looked at.

    Returns:
        As many strokes, each of at least two points, integers 0..255.

    Raises:
        InvalidDrawingError: if it is no drawing, or its strokes are longer than MAX_LENGTH pixels.
    """
    return _simplify(_flatten(_check_strokes(drawing)))


def _check_strokes(drawing: object) -> Sequence[Sequence[Sequence[Any]]]:
    """Checks all of a drawing but its coordinates."""
    if not isinstance(drawing, list | tuple):
        raise InvalidDrawingError("not a list of strokes")
    if not drawing:
        raise InvalidDrawingError("no strokes")
    for stroke in drawing:
        if not isinstance(stroke, list | tuple) or not all(isinstance(axis, list | tuple) for axis in stroke):
            raise InvalidDrawingError("a stroke is not two or three lists")
        if len(stroke) not in {2, 3}:
            raise InvalidDrawingError("a stroke is not two or three lists")
        if len({len(axis) for axis in stroke}) > 1:
            raise InvalidDrawingError("x, y and time lists differ in length")
        if not stroke[0]:
            raise InvalidDrawingError("a stroke without points")
    return drawing


def _flatten(strokes: Sequence[Sequence[Sequence[float]]]) -> _FlatDrawing:
    """Puts strokes together and checks that they hold numbers."""
    xs, ys = (list(chain.from_iterable(stroke[axis] for stroke in strokes)) for axis in (0, 1))
    # `type` and not `isinstance`: JSON's true is a bool, which Python counts among the integers.
    types = {*map(type, xs), *map(type, ys)}
    if not types <= {int, float}:
        raise InvalidDrawingError("not a number")
    try:
        axes = np.array([xs, ys], np.float64)
    except OverflowError as error:
        raise InvalidDrawingError("not a finite number") from error
    has_times = any(len(stroke) == 3 for stroke in strokes)
    is_in_range = bool(axes.min() >= 0 and axes.max() <= MAX_COORDINATE)
    sizes = np.array([len(stroke[0]) for stroke in strokes])
    return _FlatDrawing(axes, sizes, types == {int} and is_in_range and not has_times)


def _simplify(flat: _FlatDrawing) -> list[Stroke]:
    """Does the four steps and rounds."""
    x, y = _align_and_scale(flat.axes)
    points = x + 1j * y
    if line_lengths(points, flat.sizes).sum() > MAX_LENGTH:
        raise InvalidDrawingError(f"longer than {MAX_LENGTH} pixels")
    points, sizes = resample(points, flat.sizes)
    is_kept = find_corners(points, sizes, EPSILON)
    kept = np.rint(points[is_kept])
    xs, ys = kept.real.astype(int).tolist(), kept.imag.astype(int).tolist()
    ends = np.cumsum(is_kept)[np.cumsum(sizes) - 1].tolist()
    return [Stroke(xs[start:end], ys[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _align_and_scale(axes: np.ndarray) -> np.ndarray:
    """Moves the smallest x and y to 0 and scales the largest of all to 255; a drawing without extent stays at 0."""
    with np.errstate(over="ignore", invalid="ignore"):
        moved = axes - axes.min(axis=1, keepdims=True)
    extent = moved.max()
    # It is not finite either if a drawing of finite coordinates is too large for a float.
    if not np.isfinite(extent):
        raise InvalidDrawingError("not a finite number")
    return moved / extent * MAX_COORDINATE if extent else moved

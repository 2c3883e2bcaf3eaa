"""What a drawing is: the one parser and judge of a drawing's text.

The text is JSON, `[[[x0, x1, ...], [y0, y1, ...]], ...]`: one pair of equally long lists a stroke, integers 0..255
(the "simplified" form of the Quick, Draw! data set).
"""

import json
from collections.abc import Sequence
from typing import NamedTuple

MAX_COORDINATE = 255


class InvalidDrawingError(ValueError):
    """The text is not a drawing; `reason` is short and one of a few, so that reasons can be counted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stroke(NamedTuple):
    """The points of one stroke, in the order they were drawn; both lists are equally long."""

    xs: Sequence[int]
    ys: Sequence[int]


def parse_drawing(text: str) -> list[Stroke]:
    """Parses the text of a drawing.

    Args:
        text: JSON, see the module's docstring.

    Returns:
        At least one stroke, each with at least one point, coordinates 0..255.

    Raises:
        InvalidDrawingError: if the text is anything else.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDrawingError("not JSON") from error
    if not isinstance(value, list):
        raise InvalidDrawingError("not a list of strokes")
    if not value:
        raise InvalidDrawingError("no strokes")
    return [_parse_stroke(stroke) for stroke in value]


def _parse_stroke(value: object) -> Stroke:
    """Checks one stroke, as JSON gave it."""
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(axis, list) for axis in value):
        raise InvalidDrawingError("a stroke is not two lists")
    xs, ys = value
    if len(xs) != len(ys):
        raise InvalidDrawingError("x and y lists differ in length")
    if not xs:
        raise InvalidDrawingError("a stroke without points")
    for coordinate in (*xs, *ys):
        # `type` and not `isinstance`: JSON's true is a bool, which Python counts among the integers.
        if type(coordinate) is not int:
            raise InvalidDrawingError("not an integer")
        if not 0 <= coordinate <= MAX_COORDINATE:
            raise InvalidDrawingError("coordinate outside 0..255")
    return Stroke(xs, ys)

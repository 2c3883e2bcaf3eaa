"""A drawing as one SVG path, in as few characters as it takes: a page shows hundreds of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from components.drawing import Stroke, parse_drawing

_SIDE = 300


@dataclass(frozen=True)
class Sketch:
    """A drawing on paper.

    Attributes:
        path: SVG path data, integers, relative to the point before.
        view_box: A square somewhat larger than any drawing, with this one in its middle: the data set moves drawings
            to the top left.
    """

    path: str
    view_box: str


def sketch(strokes: Sequence[Stroke]) -> Sketch:
    """Draws.

    Args:
        strokes: at least one, coordinates 0..255.
    """
    right, bottom = (max(max(axis) for axis in axes) for axes in zip(*strokes, strict=True))
    path = "".join(_path(stroke) for stroke in strokes)
    return Sketch(path, f"{(right - _SIDE) // 2} {(bottom - _SIDE) // 2} {_SIDE} {_SIDE}")


def sketch_of(text: str) -> Sketch:
    """Draws the JSON text of a drawing.

    Args:
        text: see `components.drawing`.

    Raises:
        InvalidDrawingError: it is none.
    """
    return sketch(parse_drawing(text))


def _path(stroke: Stroke) -> str:
    start = f"M{stroke.xs[0]} {stroke.ys[0]}"
    if len(stroke.xs) == 1:
        # A line of no length has round ends and is a dot.
        return f"{start}h0"
    numbers = [
        str(axis[number] - axis[number - 1]) for number in range(1, len(stroke.xs)) for axis in (stroke.xs, stroke.ys)
    ]
    # A minus sign separates two numbers as well as a blank does.
    return f"{start}l{' '.join(numbers).replace(' -', '-')}"

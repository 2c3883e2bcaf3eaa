"""A drawing as text: each braille character is two dots wide and four high."""

from collections.abc import Sequence

import numpy as np

from components.drawing import MAX_COORDINATE, Stroke

_BLANK = 0x2800
# Unicode numbers the dots by column, and the fourth row, which came later, last.
_DOTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])


def braille_picture(strokes: Sequence[Stroke], columns: int = 32) -> str:
    """Draws a simplified drawing.

    Args:
        strokes: At least one, coordinates 0..255.
        columns: Characters that 0..255 takes; half as many lines, as a character is twice as high as wide.

    Returns:
        Lines without blanks at their ends; none below the drawing.
    """
    dots = np.zeros((2 * columns, 2 * columns), bool)  # [y, x]
    for stroke in strokes:
        x, y = _walk(np.array(stroke) * (2 * columns - 1) / MAX_COORDINATE)
        dots[y, x] = True
    cells = dots.reshape(columns // 2, 4, columns, 2)
    codes = _BLANK + np.einsum("yixj,ij->yx", cells, _DOTS)
    lines = ["".join(map(chr, row)).rstrip(chr(_BLANK)) for row in codes.tolist()]
    return "\n".join(lines).rstrip("\n")


def _walk(corners: np.ndarray) -> np.ndarray:
    """Returns the dots of a polyline.

    Args:
        corners: float64 `[2, P]`, x and y in dots.

    Returns:
        int64 `[2, D]`, without a gap.
    """
    steps = np.abs(np.diff(corners)).max(axis=0, initial=0)
    way = np.concatenate([[0.0], np.cumsum(np.maximum(np.ceil(steps), 1))])
    dots = np.arange(way[-1] + 1)
    return np.rint([np.interp(dots, way, axis) for axis in corners]).astype(np.int64)

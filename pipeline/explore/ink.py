"""How much of the picture that a model sees is ink, for drawings of few points, without loading TensorFlow.

The pixels are those of `components.transform.rasterizer` in the style `notebook` at 32 x 32; its arithmetic is told
in `components.transform.polygon_fill`. Loading TensorFlow would take longer than reading a million rows.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from components.drawing import Stroke

SIZE = 32
# Everything far outside of the picture.
_UNBOUNDED = 1e6
_DRAWINGS_AT_ONCE = 512
# Of each pixel of the small picture, the pixel of 256 x 256 that it is a copy of.
_SAMPLED = 4 + 8 * np.arange(SIZE, dtype=np.float32)


def count_ink(drawings: Sequence[Sequence[Stroke]]) -> np.ndarray:
    """Counts the dark pixels of each drawing's picture.

    Args:
        drawings: N drawings; memory goes with the points of the longest 512 neighbours.

    Returns:
        int64 [N], 0 to 1,024. A stroke of one point leaves none, as in the notebook.
    """
    parts = [
        _count(drawings[start : start + _DRAWINGS_AT_ONCE]) for start in range(0, len(drawings), _DRAWINGS_AT_ONCE)
    ]
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _count(drawings: Sequence[Sequence[Stroke]]) -> np.ndarray:
    segments = [_segments(strokes) for strokes in drawings]
    ink = np.zeros(len(drawings), np.int64)
    lengths = np.array([len(of_drawing) for of_drawing in segments])
    with_ink = np.flatnonzero(lengths)
    if len(with_ink):
        first = np.cumsum(lengths) - lengths
        pixels = _pixels(np.array([*chain.from_iterable(segments)]))
        pictures = np.logical_or.reduceat(pixels, first[with_ink], axis=0)
        ink[with_ink] = np.count_nonzero(pictures, axis=(1, 2))
    return ink


def _segments(strokes: Sequence[Stroke]) -> list[tuple[int, int, int, int]]:
    """Returns x0, y0, x1, y1 of each segment."""
    # Plain Python: an array of NumPy takes longer to make than a drawing of few points has to be looked at.
    return [segment for xs, ys in strokes for segment in zip(xs, ys, xs[1:], ys[1:], strict=False)]


def _pixels(segments: np.ndarray) -> np.ndarray:
    """Returns the pixels that each segment inks, bool [S, SIZE, SIZE], row by row."""
    low, high, top, bottom = _bounds(segments)
    first, last = np.floor(low + np.float32(0.5)), np.ceil(high - np.float32(0.5))
    in_row = (top[:, None] <= _SAMPLED) & (bottom[:, None] >= _SAMPLED)
    return in_row[..., None] & (first[..., None] <= _SAMPLED) & (last[..., None] >= _SAMPLED)


def _bounds(segments: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Returns where each sampled row enters and leaves each polygon, float32 [S, SIZE], and its top and bottom, [S]."""
    x0, y0, x1, y1 = segments.T
    xa, xb = np.where(y1 >= y0, (x0, x1), (x1, x0))
    ya, yb = np.minimum(y0, y1), np.maximum(y0, y1)
    dx, dy = xb - xa, yb - ya
    ox, oy = _offset(dy, dx), np.sign(dx) * _offset(dx, dy)
    at_start, at_end = np.array([xa + ox, ya - oy]), np.array([xb - ox, yb + oy])
    left, right = np.where(dx >= 0, at_start, at_end), np.where(dx >= 0, at_end, at_start)
    has_long, has_short = dy > 0, (dy == 0) | (oy != 0)
    long_slope, short_slope = _slope(dx, dy), -_slope(ox, oy)
    low = np.maximum(
        _crossing(ya + oy, long_slope, np.where(has_long, xa - ox, -_UNBOUNDED)),
        _crossing(left[1], short_slope, np.where(has_short, left[0], -_UNBOUNDED)),
    )
    high = np.minimum(
        _crossing(yb - oy, long_slope, np.where(has_long, xb + ox, _UNBOUNDED)),
        _crossing(right[1], short_slope, np.where(has_short, right[0], _UNBOUNDED)),
    )
    return low, high, ya - np.abs(oy), yb + np.abs(oy)


def _offset(along: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Rounds 2 |along| / sqrt(along^2 + across^2) to 0, 1 or 2."""
    along_squared, across_squared = along * along, across * across
    return (15 * along_squared > across_squared).astype(np.int64) + (7 * along_squared > 9 * across_squared)


def _slope(rise: np.ndarray, run: np.ndarray) -> np.ndarray:
    """Divides as float32, 0 where `run` is 0."""
    divisor = np.where(run == 0, 1, run).astype(np.float32)
    return np.where(run == 0, np.float32(0), rise.astype(np.float32) / divisor)


def _crossing(y0: np.ndarray, slope: np.ndarray, x0: np.ndarray) -> np.ndarray:
    """Where each sampled row meets a side, float32 [S, SIZE]; product and sum are rounded one by one, as in Pillow."""
    side_y, side_x = y0.astype(np.float32)[:, None], x0.astype(np.float32)[:, None]
    return (_SAMPLED - side_y) * slope[:, None] + side_x

"""The simplification that made the Quick, Draw! data set's small drawings out of what people drew.

The data set's authors publish four steps: move the drawing to the top left, scale it to 0..255, resample every stroke
at 1 pixel, and run Ramer-Douglas-Peucker with epsilon 2.0. The third is left out here because it changes nothing on
strokes of straight pieces: the distance to a segment is convex, so it is largest at a corner and never between two.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.synth.strokes import Stroke

EPSILON = 2.0
LARGEST = 255.0


def simplify_drawing(strokes: Sequence[Stroke]) -> list[list[list[int]]]:
    """Turns strokes of any range into the data set's simplified form.

    Args:
        strokes: At least one float array `[P, 2]` of `x, y` points, each with at least one point.

    Returns:
        One `[[x0, x1, ...], [y0, y1, ...]]` a stroke, integers 0..255. The drawing begins at 0 and its larger side
        ends at 255, or up to 2 short of that where the last step dropped the outermost point, as in the data set.

    Raises:
        ValueError: There is no stroke, or one without a point.
    """
    if not strokes or any(len(stroke) == 0 for stroke in strokes):
        raise ValueError("A drawing needs at least one stroke, and a stroke at least one point.")
    low = np.min([stroke.min(axis=0) for stroke in strokes], axis=0)
    high = np.max([stroke.max(axis=0) for stroke in strokes], axis=0)
    side = float((high - low).max())
    scale = LARGEST / side if side > 0 else 0.0
    kept = [reduce_points((stroke - low) * scale, EPSILON) for stroke in strokes]
    return [np.rint(stroke).astype(int).T.tolist() for stroke in kept]


def reduce_points(stroke: Stroke, epsilon: float) -> Stroke:
    """Ramer-Douglas-Peucker: drops points, none of which lies farther than `epsilon` from the line through the rest.

    Douglas and Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line
    or its caricature", 1973. A stack takes the place of the recursion, so a long stroke cannot exhaust it.

    Args:
        stroke: Float array `[P, 2]`.
        epsilon: The largest distance, in the stroke's own unit, that a dropped point may lie off the line.

    Returns:
        The kept points in their order; the first and the last always stay.
    """
    keep = np.zeros(len(stroke), dtype=bool)
    keep[[0, -1]] = True
    pending = [(0, len(stroke) - 1)]
    while pending:
        first, last = pending.pop()
        if last - first < 2:
            continue
        distances = _distances(stroke[first + 1 : last], stroke[first], stroke[last])
        farthest = first + 1 + int(distances.argmax())
        if distances[farthest - first - 1] > epsilon:
            keep[farthest] = True
            pending += [(first, farthest), (farthest, last)]
    return stroke[keep]


def _distances(points: Stroke, start: NDArray[np.float64], end: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns how far each point lies from the segment; a closed loop's segment is a point and has no direction."""
    direction = end - start
    offsets = points - start
    squared = float(direction @ direction)
    if squared > 0.0:
        along = (offsets @ direction / squared).clip(0.0, 1.0)
        offsets = offsets - along[:, None] * direction
    return np.hypot(offsets[:, 0], offsets[:, 1])

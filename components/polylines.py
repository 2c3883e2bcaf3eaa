"""Resamples and simplifies the polylines of a drawing, all at once.

Points are complex numbers x + iy, the lines stand one after the other in one array: `points`, complex128 [P], and the
number of points of each line, `sizes`, int64 [L], which sums to P.
"""

import numpy as np


def line_lengths(points: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Returns the length of each line, float64 [L]; a line of one point has none."""
    way, first, last = _measure_way(points, sizes)
    return way[last] - way[first]


def resample(points: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Walks along every line in steps of 1.

    Args:
        points: complex128 [P].
        sizes: int64 [L], each at least 1.

    Returns:
        Points and sizes: the points of each line that lie 0, 1, 2... from its start, measured along the line, and its
        last point, which may be there twice.
    """
    way, first, last = _measure_way(points, sizes)
    counts = (way[last] - way[first]).astype(np.int64) + 2
    samples = np.minimum(np.repeat(way[first], counts) + _ranges(counts), np.repeat(way[last], counts))
    return np.interp(samples, way, points), counts


def find_corners(points: np.ndarray, sizes: np.ndarray, epsilon: float) -> np.ndarray:
    """Chooses points with the Ramer-Douglas-Peucker algorithm, one level of its recursion at a time.

    The point of a piece that is furthest from the line through both its ends is kept if it is further than `epsilon`,
    the first of several. If the ends are one point, the distance from it counts.

    Args:
        points: complex128 [P].
        sizes: int64 [L], each at least 1.
        epsilon: the largest distance of a point that is dropped.

    Returns:
        bool [P], whether a point is kept; both ends of every line are.
    """
    ends = np.cumsum(sizes) - 1
    starts = ends - sizes + 1
    is_kept = np.zeros(len(points), bool)
    is_kept[starts] = is_kept[ends] = True
    while len(starts):
        has_inner = ends - starts > 1
        starts, ends = starts[has_inner], ends[has_inner]
        middles, is_far = _find_furthest(points, starts, ends, epsilon)
        starts, middles, ends = starts[is_far], middles[is_far], ends[is_far]
        is_kept[middles] = True
        starts, ends = np.concatenate([starts, middles]), np.concatenate([middles, ends])
    return is_kept


def _measure_way(points: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns how far each point is along all lines, float64 [P], and where each line's first and last point stand."""
    last = np.cumsum(sizes) - 1
    first = last - sizes + 1
    steps = np.abs(np.diff(points, prepend=0))
    # From one line to the next any step will do, but one: the way must tell the end of a line from the next start.
    steps[first] = 1.0
    return np.cumsum(steps), first, last


def _find_furthest(
    points: np.ndarray, starts: np.ndarray, ends: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray]:
    """Returns the inner point of each piece that is furthest from its chord, and whether it is beyond `epsilon`."""
    if not len(starts):
        return starts, np.zeros(0, bool)
    counts = ends - starts - 1
    bounds = np.cumsum(counts) - counts
    inner = np.repeat(starts + 1, counts) + _ranges(counts)
    chords = points[ends] - points[starts]
    offsets = points[inner] - np.repeat(points[starts], counts)
    # The cross product is the distance times the chord's length: points can be compared before anything is rounded.
    distances = np.abs((offsets * np.repeat(np.conj(chords), counts)).imag)
    is_closed = chords == 0
    is_in_closed = np.repeat(is_closed, counts)
    distances[is_in_closed] = np.abs(offsets[is_in_closed])
    largest = np.maximum.reduceat(distances, bounds)
    candidates = np.flatnonzero(distances == np.repeat(largest, counts))
    furthest = inner[candidates[np.searchsorted(candidates, bounds)]]
    return furthest, largest > epsilon * np.where(is_closed, 1.0, np.abs(chords))


def _ranges(counts: np.ndarray) -> np.ndarray:
    """Returns 0, 1.. count - 1 for each count, one after the other."""
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(starts, counts)

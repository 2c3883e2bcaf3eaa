"""The lines a doodle is made of: straight paths, arcs, loops that a hand closes badly, and spirals.

A stroke is a float64 array `[P, 2]` of `x, y` points in the order they are drawn, on a page of about 1 x 1 whose `y`
points down.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Stroke = NDArray[np.float64]
Point = tuple[float, float]

_POINTS_PER_TURN = 48


def path(*corners: Point) -> Stroke:
    """Returns the straight lines through `corners`, in one stroke."""
    return np.array(corners, dtype=np.float64)


def arc(center: Point, radii: Point, start: float, end: float) -> Stroke:
    """Returns a part of an axis-parallel ellipse.

    Args:
        center: The ellipse's middle.
        radii: Its half width and half height.
        start: Where it begins, in degrees; 0 is to the right, 90 is below because `y` points down.
        end: Where it ends, in degrees; less than `start` draws it the other way round.

    Returns:
        The stroke, float64 `[P, 2]`, with about 48 points a full turn.
    """
    count = max(2, math.ceil(abs(end - start) / 360 * _POINTS_PER_TURN) + 1)
    angles = np.radians(np.linspace(start, end, count))
    return np.stack([center[0] + radii[0] * np.cos(angles), center[1] + radii[1] * np.sin(angles)], axis=1)


def loop(rng: np.random.Generator, center: Point, radii: Point) -> Stroke:
    """Returns an ellipse as a hand closes it: begun anywhere, and ended a little early or late."""
    start = rng.uniform(0, 360)
    return arc(center, radii, start, start + rng.normal(362, 9))


def dot(rng: np.random.Generator, center: Point, radius: float) -> Stroke:
    """Returns an eye or a button: a small loop, or a short dash where the hand was in a hurry."""
    if rng.random() < 0.6:
        return loop(rng, center, (radius, radius))
    return path((center[0], center[1] - radius), (center[0] + radius / 2, center[1] + radius))


def spiral(center: Point, radius: float, turns: float, start: float) -> Stroke:
    """Returns an Archimedean spiral from its middle outwards; `start` is in degrees, `turns` may be negative."""
    share = np.linspace(0, 1, max(2, math.ceil(abs(turns) * _POINTS_PER_TURN)))
    angles = math.radians(start) + 2 * math.pi * turns * share
    return np.stack([center[0] + radius * share * np.cos(angles), center[1] + radius * share * np.sin(angles)], axis=1)


def polar(center: Point, distance: float, angle: float) -> Point:
    """Returns the point at `distance` and `angle` (radians, clockwise on the page) from `center`."""
    return (center[0] + distance * math.cos(angle), center[1] + distance * math.sin(angle))


def mirrored(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Returns the strokes seen in a mirror: left and right of the page change place."""
    return [stroke * (-1, 1) + (1, 0) for stroke in strokes]


def resample(stroke: Stroke, spacing: float) -> Stroke:
    """Returns points on the stroke's own line, `spacing` apart or a little less, with its corners kept."""
    lengths = np.hypot(*np.diff(stroke, axis=0).T)
    travelled = np.concatenate([[0.0], np.cumsum(lengths)])
    steps = np.arange(0.0, travelled[-1], spacing)
    positions = np.union1d(steps, travelled)
    return np.stack([np.interp(positions, travelled, stroke[:, axis]) for axis in (0, 1)], axis=1)

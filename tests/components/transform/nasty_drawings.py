"""Random drawings made to hurt a rasterizer: what real drawings have seldom, often."""

import json

import numpy as np

BORDERS_AND_MIDDLE = [0, 1, 2, 3, 4, 5, 127, 128, 250, 251, 252, 253, 254, 255]

Strokes = list[list[list[int]]]


def nasty_drawings(rng: np.random.Generator, count: int) -> list[Strokes]:
    """Makes `count` drawings of 1 to 60 strokes of 1 to 400 points."""
    return [_drawing(rng) for _ in range(count)]


def texts_of(drawings: list[Strokes]) -> list[bytes]:
    """Writes drawings as JSON."""
    return [json.dumps(drawing).encode() for drawing in drawings]


def _drawing(rng: np.random.Generator) -> Strokes:
    strokes = rng.choice([1, 2, 3, 5]) if rng.random() < 0.97 else rng.integers(6, 61)
    return [_stroke(rng) for _ in range(strokes)]


def _stroke(rng: np.random.Generator) -> list[list[int]]:
    points = int(rng.choice([1, 2, 2, 2, 3, 6, 10]) if rng.random() < 0.98 else rng.integers(11, 401))
    return [_axis(rng, points).tolist() for _ in "xy"]


def _axis(rng: np.random.Generator, points: int) -> np.ndarray:
    start = rng.integers(0, 256)
    kinds = [
        lambda: rng.integers(0, 256, points),
        lambda: np.clip(start + np.cumsum(rng.integers(-3, 4, points)), 0, 255),
        lambda: np.clip(start + np.cumsum(rng.integers(-20, 21, points)), 0, 255),
        lambda: rng.choice(BORDERS_AND_MIDDLE, points),
        lambda: np.full(points, start),
        lambda: np.repeat(rng.integers(0, 256, points), 2)[:points],
    ]
    return kinds[rng.integers(len(kinds))]()

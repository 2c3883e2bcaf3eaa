"""The unsteady hand: makes every drawing of a recipe differ in its lines, its shape and its order of strokes."""

import math
from collections.abc import Sequence

import numpy as np

from pipeline.synth.strokes import Stroke, resample

_SPACING = 0.02
_UNFINISHED = 0.12
_STRAY = 0.06


def hand_drawn(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Returns the strokes as somebody in a hurry draws them.

    Each stroke trembles and is put down a little off its place; the drawing as a whole is stretched, slanted and
    turned; some strokes change place or direction; some drawings are left unfinished and some have a stray line. One
    draw decides how careless this drawer is.

    Args:
        strokes: What the recipe asked for, on a page of about 1 x 1.
        rng: The only source of chance.

    Returns:
        The drawing's strokes, resampled, in the order they are drawn; at least two thirds of those that came in.
    """
    carelessness = rng.uniform(0.4, 1.6)
    shaken = [_misplaced(_trembled(stroke, carelessness, rng), carelessness, rng) for stroke in strokes]
    ordered = _reordered(_turned(shaken, rng), rng)
    if rng.random() < _UNFINISHED:
        # The game stops a drawing as soon as it is recognized, so real ones often lack their last strokes.
        ordered = ordered[: rng.integers(math.ceil(len(ordered) * 2 / 3), len(ordered) + 1)]
    if rng.random() < _STRAY:
        start, end = rng.uniform(0, 1, (2, 2))
        ordered.append(_trembled(np.stack([start, start + (end - start) * 0.5]), carelessness, rng))
    return ordered


def scribble(rng: np.random.Generator) -> list[Stroke]:
    """Returns what no one recognizes: one to three aimless strokes, each a walk that changes its direction smoothly."""
    strokes = []
    for _ in range(rng.integers(1, 4)):
        steps = int(rng.integers(20, 90))
        heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(rng.uniform(-0.2, 0.2), 0.45, steps))
        walk = np.cumsum(np.stack([np.cos(heading), np.sin(heading)], axis=1), axis=0) * 0.05
        strokes.append(walk + rng.uniform(0, 1, 2))
    return strokes


def _trembled(stroke: Stroke, carelessness: float, rng: np.random.Generator) -> Stroke:
    """Adds three slow waves along the stroke: a hand drifts, so neighbouring points move together.

    Short strokes tremble less, or eyes and smiles would turn into knots.
    """
    points = resample(stroke, _SPACING)
    travelled = np.arange(len(points)) * _SPACING
    steadiness = min(1.0, 0.25 + travelled[-1])
    for wavelength in (1.4, 0.6, 0.25):
        phases = rng.uniform(0, 2 * np.pi, 2)
        reach = rng.normal(0, 0.018 * carelessness * steadiness * wavelength, 2)
        points = points + reach * np.sin(2 * np.pi * travelled[:, None] / wavelength + phases)
    return points


def _misplaced(stroke: Stroke, carelessness: float, rng: np.random.Generator) -> Stroke:
    """Moves and resizes one stroke about its own middle, so that lines overshoot or fail to meet."""
    middle = stroke.mean(axis=0)
    size = rng.normal(1, 0.03 * carelessness)
    return (stroke - middle) * size + middle + rng.normal(0, 0.012 * carelessness, 2)


def _turned(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Stretches, slants and turns the drawing as a whole."""
    wide = np.exp(rng.normal(0, 0.13))
    slant = rng.normal(0, 0.06)
    angle = np.radians(rng.normal(0, 7))
    stretch = np.array([[wide, slant], [0, 1 / wide]])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return [stroke @ (turn @ stretch).T for stroke in strokes]


def _reordered(strokes: Sequence[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Swaps neighbouring strokes now and then and draws some backwards; a full shuffle is not how people draw."""
    ordered = list(strokes)
    for index in range(len(ordered) - 1):
        if rng.random() < 0.25:
            ordered[index], ordered[index + 1] = ordered[index + 1], ordered[index]
    return [stroke[::-1] if rng.random() < 0.35 else stroke for stroke in ordered]

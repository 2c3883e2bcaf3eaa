"""Recipes of plain figures, most of them one stroke."""

import math

import numpy as np

from pipeline.synth.strokes import Point, Stroke, mirrored, path, polar, spiral


def star(rng: np.random.Generator) -> list[Stroke]:
    """Five points: drawn through the middle in one go, or as an outline."""
    if rng.random() < 0.55:
        return [path(*(polar((0.5, 0.5), 0.5, 2 * math.pi * (tip / 5 - 0.25)) for tip in (0, 2, 4, 1, 3, 0)))]
    inner = rng.uniform(0.19, 0.27)
    corners = [polar((0.5, 0.5), (0.5, inner)[step % 2], 2 * math.pi * (step / 10 - 0.25)) for step in range(11)]
    return [path(*corners)]


def stairs(rng: np.random.Generator) -> list[Stroke]:
    """Three to seven steps up to the right or to the left, half of them closed to a block."""
    count = int(rng.integers(3, 8))
    corners: list[Point] = [(0, 1)]
    for index in range(count):
        height = 1 - (index + 1) / count
        corners += [(index / count, height), ((index + 1) / count, height)]
    strokes = [path(*corners)]
    if rng.random() < 0.5:
        strokes.append(path((1, 0), (1, 1), (0, 1)))
    return mirrored(strokes) if rng.random() < 0.5 else strokes


def zigzag(rng: np.random.Generator) -> list[Stroke]:
    """One line up and down four to ten times."""
    count = int(rng.integers(4, 11))
    height = rng.uniform(0.25, 0.6)
    return [path(*((index / count, height * (index % 2) + rng.normal(0, 0.03)) for index in range(count + 1)))]


def whirl(rng: np.random.Generator) -> list[Stroke]:
    """A spiral of two to five turns, either way round."""
    turns = float(rng.choice([-1, 1])) * rng.uniform(2.2, 5)
    return [spiral((0.5, 0.5), 0.5, turns, rng.uniform(0, 360))]

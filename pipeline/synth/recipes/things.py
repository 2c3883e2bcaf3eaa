"""Recipes of what people make: buildings, tools and sweets."""

import math

import numpy as np

from pipeline.synth.strokes import Point, Stroke, arc, loop, path, polar, spiral


def house(rng: np.random.Generator) -> list[Stroke]:
    """Walls, a gable roof and a door, with windows and a chimney where there was time."""
    top, left, right = rng.uniform(0.4, 0.5), rng.uniform(0.12, 0.2), rng.uniform(0.8, 0.88)
    eaves = rng.uniform(0.0, 0.1)
    strokes = [path((left, top), (left, 0.95), (right, 0.95), (right, top), (left, top))]
    strokes.append(path((left - eaves, top), (0.5, rng.uniform(0.05, 0.15)), (right + eaves, top)))
    if rng.random() < 0.85:
        door = rng.uniform(0.42, 0.5)
        strokes.append(path((door, 0.95), (door, 0.7), (door + 0.15, 0.7), (door + 0.15, 0.95)))
    for x in (0.24, 0.66):
        if rng.random() < 0.5:
            strokes += _window(rng, (x, top + 0.08), 0.13)
    if rng.random() < 0.35:
        strokes.append(path((0.66, 0.24), (0.66, 0.08), (0.75, 0.08), (0.75, 0.33)))
    return strokes


def envelope(rng: np.random.Generator) -> list[Stroke]:
    """A rectangle with the flap's V, sometimes the lower folds and a stamp."""
    height = rng.uniform(0.5, 0.72)
    strokes = [path((0, 0), (1, 0), (1, height), (0, height), (0, 0))]
    tip = height * rng.uniform(0.45, 0.68)
    strokes.append(path((0, 0), (0.5, tip), (1, 0)))
    if rng.random() < 0.4:
        strokes.append(path((0, height), (0.38, tip * 0.85)))
        strokes.append(path((1, height), (0.62, tip * 0.85)))
    if rng.random() < 0.15:
        strokes.append(path((0.84, 0.05), (0.95, 0.05), (0.95, 0.18), (0.84, 0.18), (0.84, 0.05)))
    return strokes


def ladder(rng: np.random.Generator) -> list[Stroke]:
    """Two rails and four to nine rungs."""
    foot, head = rng.uniform(0.18, 0.3), rng.uniform(0.14, 0.22)
    rails = [path((0.5 - foot, 1), (0.5 - head, 0)), path((0.5 + foot, 1), (0.5 + head, 0))]
    rungs = []
    for height in np.linspace(0.92, 0.08, int(rng.integers(4, 10))):
        half = head + (foot - head) * height
        rungs.append(path((0.5 - half, height), (0.5 + half, height)))
    return rails + rungs


def ice_cream(rng: np.random.Generator) -> list[Stroke]:
    """A cone with one to three scoops, waffle lines and sometimes a cherry."""
    half = rng.uniform(0.2, 0.27)
    strokes = [path((0.5 - half, 0.45), (0.5, 1), (0.5 + half, 0.45))]
    if rng.random() < 0.7:
        strokes.append(path((0.5 - half, 0.45), (0.5 + half, 0.45)))
    top, size = 0.45, half
    for _ in range(int(rng.choice([1, 2, 3], p=[0.6, 0.25, 0.15]))):
        strokes.append(arc((0.5, top), (size * 1.1, size * 1.15), 175, 365))
        top, size = top - size * 0.95, size * 0.85
    if rng.random() < 0.5:
        for share in (0.2, 0.4, 0.6):
            x, y = half * (1 - share), 0.45 + 0.55 * share
            strokes.append(path((0.5 - x, y), (0.5 + x * 0.45, y + 0.55 * 0.55 * (1 - share))))
            strokes.append(path((0.5 + x, y), (0.5 - x * 0.45, y + 0.55 * 0.55 * (1 - share))))
    if rng.random() < 0.25:
        strokes.append(loop(rng, (0.5, top - size * 0.25), (0.05, 0.05)))
    return strokes


def clock(rng: np.random.Generator) -> list[Stroke]:
    """A dial with two hands and four or twelve marks, or none."""
    strokes = [loop(rng, (0.5, 0.5), (0.5, 0.5))]
    for length in (rng.uniform(0.32, 0.4), rng.uniform(0.2, 0.28)):
        strokes.append(path((0.5, 0.5), polar((0.5, 0.5), length, rng.uniform(0, 2 * math.pi))))
    marks = int(rng.choice([0, 4, 12], p=[0.2, 0.4, 0.4]))
    for index in range(marks):
        angle = 2 * math.pi * index / marks
        strokes.append(path(polar((0.5, 0.5), 0.4, angle), polar((0.5, 0.5), 0.47, angle)))
    return strokes


def lollipop(rng: np.random.Generator) -> list[Stroke]:
    """A disc with a swirl on a stick."""
    radius = rng.uniform(0.22, 0.3)
    strokes = [loop(rng, (0.5, radius), (radius, radius))]
    if rng.random() < 0.7:
        turns = float(rng.choice([-1, 1])) * rng.uniform(1.5, 2.6)
        strokes.append(spiral((0.5, radius), radius * 0.85, turns, rng.uniform(0, 360)))
    if rng.random() < 0.5:
        return [*strokes, path((0.5, 2 * radius), (0.5, 1))]
    return [*strokes, path((0.48, 2 * radius), (0.48, 1), (0.52, 1), (0.52, 2 * radius))]


def umbrella(rng: np.random.Generator) -> list[Stroke]:
    """A dome with a scalloped edge, and a stick with a hooked handle."""
    count = int(rng.integers(3, 6))
    step = 1 / count
    strokes = [arc((0.5, 0.45), (0.5, 0.42), 180, 360)]
    strokes.append(
        np.concatenate([arc((step * (index + 0.5), 0.45), (step / 2, 0.06), 180, 360) for index in range(count)])
    )
    hook = float(rng.choice([-1, 1])) * rng.uniform(0.06, 0.1)
    strokes.append(np.concatenate([path((0.5, 0.4), (0.5, 0.9)), arc((0.5 + hook, 0.9), (-hook, 0.09), 0, 180)]))
    if rng.random() < 0.4:
        strokes.append(path((0.5, 0.03), (0.5, -0.05)))
    return strokes


def _window(rng: np.random.Generator, corner: Point, side: float) -> list[Stroke]:
    """A square from its top-left `corner`, two times in three with a cross."""
    left, top = corner
    right, bottom = left + side, top + side
    strokes = [path((left, top), (right, top), (right, bottom), (left, bottom), (left, top))]
    if rng.random() < 0.65:
        strokes.append(path((left + side / 2, top), (left + side / 2, bottom)))
        strokes.append(path((left, top + side / 2), (right, top + side / 2)))
    return strokes

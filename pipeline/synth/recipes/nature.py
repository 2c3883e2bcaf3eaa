"""Recipes of what grows, shines, swims or melts."""

import math

import numpy as np

from pipeline.synth.strokes import Point, Stroke, arc, dot, loop, mirrored, path, polar


def sun(rng: np.random.Generator) -> list[Stroke]:
    """A disc with rays, in two cases of five with a face."""
    radius = rng.uniform(0.18, 0.3)
    strokes = [loop(rng, (0.5, 0.5), (radius, radius))]
    count = int(rng.integers(6, 14))
    first = rng.uniform(0, 2 * math.pi)
    for index in range(count):
        angle = first + 2 * math.pi * (index + rng.normal(0, 0.1)) / count
        inner, outer = radius * rng.uniform(1.1, 1.35), radius * rng.uniform(1.65, 2.3)
        strokes.append(path(polar((0.5, 0.5), inner, angle), polar((0.5, 0.5), outer, angle)))
    if rng.random() < 0.4:
        strokes += _face(rng, (0.5, 0.5), radius)
    return strokes


def snowman(rng: np.random.Generator) -> list[Stroke]:
    """Two or three balls of snow, mostly with a face, and perhaps a hat, arms and buttons."""
    radii = [0.26, 0.19, 0.13] if rng.random() < 0.6 else [0.28, 0.18]
    strokes, base = [], 1.0
    for radius in radii:
        strokes.append(loop(rng, (0.5, base - radius), (radius * rng.uniform(0.95, 1.15), radius)))
        middle, base = base - radius, base - 2 * radius * 0.97
    if rng.random() < 0.8:
        strokes += _face(rng, (0.5, middle), radii[-1])
    if rng.random() < 0.4:
        strokes += _hat((0.5, middle - radii[-1] * 0.9), radii[-1])
    if rng.random() < 0.5:
        shoulder = 1 - 2 * radii[0] - radii[1] * 0.9
        strokes.append(path((0.5 - radii[1], shoulder), (0.12, shoulder - rng.uniform(0.05, 0.2))))
        strokes.append(path((0.5 + radii[1], shoulder), (0.88, shoulder - rng.uniform(0.05, 0.2))))
    for index in range(int(rng.integers(0, 4))):
        strokes.append(dot(rng, (0.5, 1 - 2 * radii[0] - radii[1] * (0.4 + 0.5 * index)), 0.015))
    return strokes


def tree(rng: np.random.Generator) -> list[Stroke]:
    """A trunk under a bumpy crown, or a fir of stacked triangles."""
    trunk = rng.uniform(0.05, 0.09)
    if rng.random() < 0.3:
        strokes = [path((0.5 - trunk, 0.85), (0.5 - trunk, 1), (0.5 + trunk, 1), (0.5 + trunk, 0.85))]
        for top, half in ((0.0, 0.2), (0.25, 0.28), (0.5, 0.36)):
            strokes.append(
                path((0.5 - half, top + 0.35), (0.5, top), (0.5 + half, top + 0.35), (0.5 - half, top + 0.35))
            )
        return strokes
    strokes = [path((0.5 - trunk, 0.55), (0.5 - trunk * 1.4, 1)), path((0.5 + trunk, 0.55), (0.5 + trunk * 1.4, 1))]
    strokes.append(_cloud(rng, (0.5, 0.32), (rng.uniform(0.28, 0.4), rng.uniform(0.24, 0.3))))
    if rng.random() < 0.4:
        strokes.append(path((0.5 - trunk * 2.2, 1), (0.5 + trunk * 2.2, 1)))
    return strokes


def fish(rng: np.random.Generator) -> list[Stroke]:
    """A body of two arcs that cross into the tail, an eye, and perhaps a fin and a mouth; it looks either way."""
    height = rng.uniform(0.18, 0.28)
    tail = path((1, 0.5 + height), (1, 0.5 - height))
    strokes = [np.concatenate([tail[1:], arc((0.4, 0.5), (0.4, height), 25, 335), tail])]
    strokes.append(dot(rng, (0.15, 0.5 - height * 0.25), 0.025))
    if rng.random() < 0.5:
        strokes.append(arc((0.28, 0.5), (0.06, height * 0.7), -80, 80))
    if rng.random() < 0.4:
        strokes.append(arc((0.42, 0.5 - height * 0.95), (0.12, 0.12), 190, 350))
    if rng.random() < 0.4:
        strokes.append(arc((0.08, 0.5 + height * 0.3), (0.07, 0.05), 100, 0))
    return mirrored(strokes) if rng.random() < 0.5 else strokes


def flower(rng: np.random.Generator) -> list[Stroke]:
    """A middle, five to eight petals, a stem and up to two leaves."""
    count = int(rng.integers(5, 9))
    center, core = (0.5, 0.28), rng.uniform(0.07, 0.1)
    strokes = [loop(rng, center, (core, core))]
    for index in range(count):
        angle = 2 * math.pi * index / count
        half = math.sin(math.pi / count) * core * 2.4
        middle = polar(center, core + half * 0.7, angle)
        strokes.append(arc(middle, (half, half), math.degrees(angle) - 110, math.degrees(angle) + 110))
    strokes.append(path((0.5, 0.5), (0.5 + rng.normal(0, 0.03), 1)))
    for side in (-1, 1):
        if rng.random() < 0.5:
            tip = (0.5 + side * 0.2, 0.68)
            strokes.append(path((0.5, 0.82), (0.5 + side * 0.07, 0.7), tip, (0.5 + side * 0.15, 0.78), (0.5, 0.82)))
    return strokes


def _face(rng: np.random.Generator, center: Point, size: float) -> list[Stroke]:
    """Two eyes and a smile inside a head of radius `size`."""
    x, y = center
    eyes = [dot(rng, (x + side * size * 0.35, y - size * 0.25), size * 0.09) for side in (-1, 1)]
    return [*eyes, arc((x, y + size * 0.1), (size * 0.5, size * 0.4), 160, 20)]


def _hat(brim: Point, size: float) -> list[Stroke]:
    """A top hat for a head of radius `size`; `brim` is the middle of its brim."""
    x, y = brim
    crown = path((x - size * 0.7, y), (x - size * 0.7, y - 0.15), (x + size * 0.7, y - 0.15), (x + size * 0.7, y))
    return [path((x - size * 1.2, y), (x + size * 1.2, y)), crown]


def _cloud(rng: np.random.Generator, center: Point, radii: Point) -> Stroke:
    """A closed outline of seven to ten bumps."""
    count = int(rng.integers(7, 11))
    angles = np.radians(np.linspace(90, 450, 120))
    bulge = 1 + 0.14 * np.abs(np.sin((angles - math.radians(90)) * count / 2))
    return np.stack(
        [center[0] + radii[0] * bulge * np.cos(angles), center[1] + radii[1] * bulge * np.sin(angles)], axis=1
    )

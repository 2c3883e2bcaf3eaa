"""A drawing stroke by stroke, with its points, as the notebook plots it; and all of a word in few characters."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from components.drawing import Stroke, parse_drawing
from components.report.sketch import sketch
from pipeline.explore.samples import Sampled

# A byte tells how many points follow.
_MOST_POINTS = 255


@dataclass(frozen=True)
class Doodle:
    """One drawing.

    Attributes:
        view_box: of the SVG, see `components.report.sketch`.
        strokes: path data of each stroke: its line, and its points.
        title: what a reader sees who points at it.
    """

    view_box: str
    strokes: Sequence[tuple[str, str]]
    title: str


def doodle_of(sampled: Sampled) -> Doodle:
    """Draws a well-formed drawing."""
    strokes = parse_drawing(sampled.drawing)
    return Doodle(
        view_box=sketch(strokes).view_box,
        strokes=[(sketch([stroke]).path, _points(stroke)) for stroke in strokes],
        title=f"{sampled.word}, {sampled.key_id}{f', {sampled.country}' if sampled.country else ''}",
    )


def encoded(sampled: Sampled) -> str:
    """Returns a drawing as base64, for the page's script.

    For each stroke there is a byte with its number of points, then their x, then their y, a byte each; a stroke of
    more than 255 points becomes several, each of which begins where the one before ends.
    """
    parts = (part for stroke in parse_drawing(sampled.drawing) for part in _short(stroke))
    return base64.b64encode(b"".join(bytes([len(part.xs), *part.xs, *part.ys]) for part in parts)).decode()


def _points(stroke: Stroke) -> str:
    """A line of no length has round ends and is a dot."""
    return "".join(f"M{x} {y}h0" for x, y in zip(stroke.xs, stroke.ys, strict=True))


def _short(stroke: Stroke) -> list[Stroke]:
    cuts = [*range(0, max(1, len(stroke.xs) - 1), _MOST_POINTS - 1), len(stroke.xs) - 1]
    return [Stroke(stroke.xs[start : end + 1], stroke.ys[start : end + 1]) for start, end in pairwise(cuts)]

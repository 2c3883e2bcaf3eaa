"""Drawings as SVG paths."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import InvalidDrawingError, Stroke
from components.report.sketch import Sketch, sketch, sketch_of


def test_strokes_are_lines_relative_to_the_point_before_and_a_minus_needs_no_blank():
    assert sketch_of("[[[0,255,255,0,0],[0,0,160,160,0]]]").path == "M0 0l255 0 0 160-255 0 0-160"


def test_a_stroke_of_one_point_is_a_dot():
    assert sketch_of("[[[7],[9]],[[0,100],[50,40]]]").path == "M7 9h0M0 50l100-10"


def test_the_drawing_stands_in_the_middle():
    assert sketch_of("[[[0,100],[0,40]]]") == Sketch("M0 0l100 40", "-100 -130 300 300")


def test_no_drawing_is_refused():
    with pytest.raises(InvalidDrawingError, match="no strokes"):
        sketch_of("[]")


_COORDINATE = st.integers(0, 255)
_POINTS = st.lists(st.tuples(_COORDINATE, _COORDINATE), min_size=1, max_size=6)


@given(st.lists(_POINTS, min_size=1, max_size=4))
def test_the_path_leads_through_every_point(strokes):
    path = sketch([Stroke(*zip(*points, strict=True)) for points in strokes]).path
    drawn = []
    for part in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", part.removesuffix("h0"))]
        x, y = 0, 0
        drawn.append([])
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            drawn[-1].append((x, y))
    assert drawn == strokes

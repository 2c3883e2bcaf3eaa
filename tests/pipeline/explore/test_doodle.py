"""Drawings for the page."""

import base64
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from components.drawing import parse_drawing
from pipeline.explore.doodle import doodle_of, encoded
from pipeline.explore.samples import Sampled


def _sampled(drawing, country=""):
    return Sampled(1, "cat", "17", country, str(drawing))


def test_a_stroke_is_a_line_and_a_dot_for_each_point():
    doodle = doodle_of(_sampled([[[0, 100], [0, 20]], [[7], [9]]], "DE"))
    assert doodle.strokes == [("M0 0l100 20", "M0 0h0M100 20h0"), ("M7 9h0", "M7 9h0")]
    assert doodle.view_box == "-100 -140 300 300"
    assert doodle.title == "cat, 17, DE"
    assert doodle_of(_sampled([[[1], [2]]])).title == "cat, 17"


def _decoded(text):
    """What explore.js does."""
    data, strokes = base64.b64decode(text), []
    while data:
        count = data[0]
        strokes.append([list(data[1 : 1 + count]), list(data[1 + count : 1 + 2 * count])])
        data = data[1 + 2 * count :]
    return strokes


@given(
    st.lists(st.integers(1, 255).flatmap(lambda n: st.lists(st.binary(min_size=n, max_size=n), min_size=2, max_size=2)))
)
def test_encoding_loses_nothing(strokes):
    drawing = [[list(axis) for axis in stroke] for stroke in strokes] or [[[1], [2]]]
    assert _decoded(encoded(_sampled(drawing))) == drawing


def test_a_long_stroke_becomes_several_that_touch():
    xs = [number % 256 for number in range(600)]
    parts = _decoded(encoded(_sampled([[xs, xs]])))
    assert [len(part[0]) for part in parts] == [255, 255, 92]
    assert all(before[0][-1] == after[0][0] for before, after in pairwise(parts))
    assert parts[0][0] + parts[1][0][1:] + parts[2][0][1:] == xs
    assert parse_drawing(str(parts))

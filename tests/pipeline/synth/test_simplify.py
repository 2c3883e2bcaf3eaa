"""The data set's simplification: aligned, scaled, reduced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.synth.simplify import EPSILON, reduce_points, simplify_drawing
from pipeline.synth.strokes import path, resample

_NUMBERS = st.floats(-1e4, 1e4, allow_nan=False)
_STROKES = st.lists(st.tuples(_NUMBERS, _NUMBERS), min_size=1, max_size=30).map(lambda points: path(*points))


def test_drawing_is_moved_to_the_top_left_and_scaled_by_its_larger_side():
    assert simplify_drawing([path((10, 5), (12, 5)), path((11, 6), (12, 4))]) == [
        [[0, 255], [128, 128]],
        [[128, 255], [255, 0]],
    ]


def test_points_within_two_pixels_of_the_line_are_dropped():
    straight = path((0, 0), (100, 1.9), (255, 0))
    bent = path((0, 0), (100, 2.1), (255, 0))
    assert simplify_drawing([straight]) == [[[0, 255], [0, 0]]]
    assert simplify_drawing([bent]) == [[[0, 100, 255], [0, 2, 0]]]


def test_a_stroke_that_turns_back_on_itself_keeps_its_far_end():
    assert reduce_points(path((0, 0), (10, 0), (5, 0)), 2.0).tolist() == [[0, 0], [10, 0], [5, 0]]


def test_a_closed_loop_keeps_its_shape():
    square = path((0, 0), (9, 0), (9, 9), (0, 9), (0, 0))
    assert reduce_points(square, 2.0).tolist() == square.tolist()


def test_a_single_point_stays_one_point():
    assert simplify_drawing([path((7, 7))]) == [[[0], [0]]]


@pytest.mark.parametrize("strokes", [[], [np.zeros((0, 2))], [path((0, 0)), np.zeros((0, 2))]])
def test_nothing_to_draw_is_refused(strokes):
    with pytest.raises(ValueError, match="at least one"):
        simplify_drawing(strokes)


@given(st.lists(_STROKES, min_size=1, max_size=4))
def test_result_is_a_valid_drawing(strokes):
    drawing = simplify_drawing(strokes)
    assert len(drawing) == len(strokes)
    for xs, ys in drawing:
        assert len(xs) == len(ys) >= 1
        assert all(isinstance(value, int) and 0 <= value <= 255 for value in xs + ys)


@given(_STROKES)
def test_no_dropped_point_is_farther_than_epsilon_from_what_is_kept(stroke):
    kept = resample(reduce_points(stroke, EPSILON), spacing=50.0)
    for point in stroke:
        assert _distance(point, kept) <= EPSILON + 1e-6


@given(st.lists(st.tuples(st.floats(0, 255), st.floats(0, 255)), min_size=2, max_size=12))
def test_resampling_first_would_change_nothing(points):
    stroke = path(*points)
    exact = reduce_points(stroke, EPSILON)
    resampled = reduce_points(resample(stroke, 1.0), EPSILON)
    for point in resampled:
        assert _distance(point, exact) <= EPSILON + 1e-6


def _distance(point, line):
    """The distance from a point to a polyline, by projection on each piece."""
    starts, directions = line[:-1], np.diff(line, axis=0)
    if len(line) == 1:
        return float(np.hypot(*(point - line[0])))
    squared = np.maximum((directions**2).sum(axis=1), 1e-300)
    along = np.clip(((point - starts) * directions).sum(axis=1) / squared, 0, 1)
    return float(np.hypot(*(point - starts - along[:, None] * directions).T).min())

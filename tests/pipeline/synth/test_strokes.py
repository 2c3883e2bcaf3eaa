"""The lines that doodles are made of."""

import numpy as np
import pytest

from pipeline.synth.strokes import arc, dot, loop, mirrored, path, polar, resample, spiral


def test_path_keeps_its_corners():
    assert path((0, 0), (1, 0.5)).tolist() == [[0.0, 0.0], [1.0, 0.5]]


def test_arc_runs_clockwise_on_a_page_whose_y_points_down():
    quarter = arc((0.5, 0.5), (0.5, 0.25), 0, 90)
    np.testing.assert_allclose(quarter[[0, -1]], [[1.0, 0.5], [0.5, 0.75]], atol=1e-12)
    assert len(quarter) == 13


@pytest.mark.parametrize("seed", range(5))
def test_loop_ends_near_where_it_begins(seed):
    stroke = loop(np.random.default_rng(seed), (0.5, 0.5), (0.4, 0.4))
    np.testing.assert_allclose(np.hypot(*(stroke - 0.5).T), 0.4, atol=1e-12)
    assert 0 < np.hypot(*(stroke[0] - stroke[-1])) < 0.3


@pytest.mark.parametrize("seed", range(5))
def test_dot_stays_within_its_radius(seed):
    stroke = dot(np.random.default_rng(seed), (0.2, 0.3), 0.01)
    assert len(stroke) >= 2
    assert np.abs(stroke - (0.2, 0.3)).max() <= 0.01 + 1e-12


def test_spiral_starts_in_its_middle_and_ends_on_its_radius():
    stroke = spiral((0.5, 0.5), 0.5, turns=2, start=0)
    np.testing.assert_allclose(stroke[[0, -1]], [[0.5, 0.5], [1.0, 0.5]], atol=1e-12)


def test_polar_quarter_turn_points_down():
    assert polar((1.0, 1.0), 2.0, np.pi / 2) == pytest.approx((1.0, 3.0))


def test_mirrored_swaps_left_and_right():
    assert mirrored([path((0, 0.1), (0.25, 0.2))])[0].tolist() == [[1.0, 0.1], [0.75, 0.2]]


def test_resample_keeps_corners_and_adds_points_between():
    stroke = resample(path((0, 0), (3, 0), (3, 1.5)), spacing=2.0)
    assert stroke.tolist() == [[0.0, 0.0], [2.0, 0.0], [3.0, 0.0], [3.0, 1.0], [3.0, 1.5]]

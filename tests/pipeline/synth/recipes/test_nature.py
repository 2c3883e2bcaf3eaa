"""What must be there for a person to recognize a sun, a snowman, a tree, a fish or a flower."""

import numpy as np
import pytest

from pipeline.synth.recipes import nature

_SEEDS = range(30)


def _drawings(recipe):
    return [recipe(np.random.default_rng(seed)) for seed in _SEEDS]


def test_a_sun_has_six_to_thirteen_rays_that_point_away_from_it():
    for strokes in _drawings(nature.sun):
        rays = [stroke for stroke in strokes if len(stroke) == 2 and np.hypot(*(stroke[0] - 0.5)) > 0.18]
        assert 6 <= len(rays) <= 13
        assert all(np.hypot(*(ray[1] - 0.5)) > np.hypot(*(ray[0] - 0.5)) for ray in rays)


def test_a_snowman_has_two_or_three_balls_that_shrink_upwards():
    for strokes in _drawings(nature.snowman):
        balls = [stroke for stroke in strokes if len(stroke) > 40 and np.ptp(stroke[:, 1]) > 0.2]
        heights = [np.ptp(ball[:, 1]) for ball in balls]
        assert len(balls) in (2, 3)
        assert heights == sorted(heights, reverse=True)


def test_a_trees_trunk_reaches_the_ground():
    assert all(max(stroke[:, 1].max() for stroke in strokes) == 1 for strokes in _drawings(nature.tree))


def test_fish_swim_both_ways():
    tails = {int(strokes[0][0, 0]) for strokes in _drawings(nature.fish)}
    assert tails == {0, 1}


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_flower_has_a_middle_petals_and_a_stem(seed):
    strokes = nature.flower(np.random.default_rng(seed))
    assert 5 + 2 <= len(strokes) <= 8 + 4

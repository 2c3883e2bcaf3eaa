"""The unsteady hand and the scribble."""

import numpy as np
import pytest

from pipeline.synth.jitter import hand_drawn, scribble
from pipeline.synth.strokes import path

_SQUARE = [path((0, 0), (1, 0)), path((1, 0), (1, 1)), path((1, 1), (0, 1)), path((0, 1), (0, 0))]


def test_two_drawings_of_the_same_strokes_differ():
    first, second = (hand_drawn(_SQUARE, np.random.default_rng(seed)) for seed in (1, 2))
    assert not np.array_equal(first[0], second[0])


def test_the_same_generator_gives_the_same_drawing():
    first, second = (hand_drawn(_SQUARE, np.random.default_rng(3)) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_the_recipe_is_left_as_it_was():
    before = [stroke.copy() for stroke in _SQUARE]
    hand_drawn(_SQUARE, np.random.default_rng(4))
    assert all(np.array_equal(one, other) for one, other in zip(before, _SQUARE, strict=True))


def test_at_least_two_thirds_of_the_strokes_stay_and_at_most_one_is_added():
    counts = {len(hand_drawn(_SQUARE, np.random.default_rng(seed))) for seed in range(200)}
    assert counts == {3, 4, 5}


def test_order_and_direction_vary():
    starts = {tuple(np.rint(hand_drawn(_SQUARE, np.random.default_rng(seed))[0][0]).tolist()) for seed in range(200)}
    assert starts >= {(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)}


def test_points_stay_near_the_page():
    for seed in range(100):
        points = np.concatenate(hand_drawn(_SQUARE, np.random.default_rng(seed)))
        assert np.isfinite(points).all()
        assert np.abs(points).max() < 2.5


@pytest.mark.parametrize("seed", range(10))
def test_scribble_has_one_to_three_strokes_of_many_points(seed):
    strokes = scribble(np.random.default_rng(seed))
    assert 1 <= len(strokes) <= 3
    assert all(stroke.shape[0] >= 20 and stroke.shape[1] == 2 for stroke in strokes)

"""What must be there for a person to recognize a star, stairs, a zigzag or a spiral."""

import numpy as np

from pipeline.synth.recipes import shapes

_SEEDS = range(30)


def _drawings(recipe):
    return [recipe(np.random.default_rng(seed)) for seed in _SEEDS]


def test_a_star_is_one_closed_line_with_five_tips():
    for (line,) in _drawings(shapes.star):
        tips = np.hypot(*(line - 0.5).T) > 0.49
        assert tips[:-1].sum() == 5
        np.testing.assert_allclose(line[0], line[-1])


def test_stairs_have_three_to_seven_steps():
    for steps, *_ in _drawings(shapes.stairs):
        assert 3 <= (len(steps) - 1) // 2 <= 7
        assert (np.diff(steps[:, 1]) <= 0).all()


def test_a_zigzag_turns_at_every_corner():
    for (line,) in _drawings(shapes.zigzag):
        rises = np.sign(np.diff(line[:, 1]))
        assert len(rises) >= 4
        assert (rises[:-1] == -rises[1:]).all()


def test_a_spiral_moves_away_from_its_middle_all_the_time():
    for (line,) in _drawings(shapes.whirl):
        assert (np.diff(np.hypot(*(line - 0.5).T)) > 0).all()

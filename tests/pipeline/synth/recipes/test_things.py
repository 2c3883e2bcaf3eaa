"""What must be there for a person to recognize a house, an envelope, a ladder and the other things."""

import numpy as np

from pipeline.synth.recipes import things

_SEEDS = range(30)


def _drawings(recipe):
    return [recipe(np.random.default_rng(seed)) for seed in _SEEDS]


def test_a_houses_roof_sits_on_its_walls():
    for walls, roof, *_ in _drawings(things.house):
        assert roof[1, 1] < walls[:, 1].min() == roof[0, 1] == roof[2, 1]


def test_an_envelopes_flap_spans_its_upper_edge():
    for paper, flap, *_ in _drawings(things.envelope):
        assert flap[[0, 2]].tolist() == paper[:2].tolist()
        assert 0 < flap[1, 1] < paper[:, 1].max()


def test_a_ladder_has_four_to_nine_level_rungs_between_its_rails():
    for left, right, *rungs in _drawings(things.ladder):
        assert 4 <= len(rungs) <= 9
        assert left[:, 0].max() < 0.5 < right[:, 0].min()
        assert all(rung[0, 1] == rung[1, 1] for rung in rungs)


def test_an_ice_creams_scoop_rests_on_a_cone_that_points_down():
    for cone, *others in _drawings(things.ice_cream):
        assert cone[1].tolist() == [0.5, 1.0]
        assert any(len(other) > 20 and other[:, 1].min() < 0.3 for other in others)


def test_a_clocks_hands_start_in_its_middle():
    for _, long, short, *_ in _drawings(things.clock):
        assert long[0].tolist() == short[0].tolist() == [0.5, 0.5]
        assert np.hypot(*(long[1] - 0.5)) > np.hypot(*(short[1] - 0.5))


def test_a_lollipops_stick_reaches_from_the_disc_to_the_ground():
    for disc, *_, stick in _drawings(things.lollipop):
        assert stick[:, 1].max() == 1.0
        assert abs(stick[0, 1] - disc[:, 1].max()) < 0.02


def test_an_umbrellas_handle_hooks_at_the_foot():
    for _, _, handle, *_ in _drawings(things.umbrella):
        assert handle[:, 1].argmax() not in (0, len(handle) - 1)
        assert abs(handle[-1, 0] - 0.5) > 0.1

"""What every recipe promises."""

import numpy as np
import pytest

from pipeline.synth.recipes import RECIPES


def test_the_list_begins_as_it_always_did():
    assert list(RECIPES)[:6] == ["sun", "house", "envelope", "ladder", "snowman", "ice cream"]
    assert len(RECIPES) == 16


@pytest.mark.parametrize("word", RECIPES)
def test_strokes_are_lines_on_the_page(word):
    for seed in range(40):
        strokes = RECIPES[word](np.random.default_rng(seed))
        assert strokes
        for stroke in strokes:
            assert stroke.dtype == np.float64
            assert stroke.shape[0] >= 2
            assert stroke.shape[1] == 2
            assert -0.3 <= stroke.min() <= stroke.max() <= 1.3


@pytest.mark.parametrize("word", RECIPES)
def test_chance_changes_the_drawing_and_its_seed_repeats_it(word):
    def drawn(seed):
        return np.concatenate(RECIPES[word](np.random.default_rng(seed))).tobytes()

    assert drawn(1) == drawn(1)
    assert len({drawn(seed) for seed in range(10)}) > 1

"""The formulas, on numbers that can be checked by eye."""

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from components.transform.packed_image import pack
from components.transform.rasterizer import rasterize
from pipeline.explore.numbers import balance_of, gini, memory_of, spread_of


def test_memory_is_that_of_the_notebooks_array_and_of_our_packed_pictures():
    pictures = rasterize(tf.constant(["[[[0, 255], [0, 255]]]"] * 3), size=32)
    memory = memory_of(3, available=1)
    assert memory.float64 == (pictures.numpy() / 255.0).nbytes
    assert memory.packed == sum(len(packed) for packed in pack(pictures).numpy())


def test_balance_of_three_words():
    balance = balance_of({"ant": 20, "bat": 10, "cat": 70})
    assert (balance.fewest_word, balance.fewest, balance.most_word, balance.most) == ("bat", 10, "cat", 70)
    assert (balance.median, balance.ratio, balance.blind_accuracy) == (20, 7, 0.7)
    assert balance.even_accuracy == pytest.approx(1 / 3)


def test_a_word_without_drawings_leaves_no_ratio():
    balance = balance_of({"ant": 0, "bat": 0})
    assert (balance.ratio, balance.gini, balance.blind_accuracy) == (None, 0, 0)


@pytest.mark.parametrize(("counts", "expected"), [([5], 0), ([5, 5, 5], 0), ([0, 10], 0.5), ([0, 0, 0, 8], 0.75)])
def test_gini_of_the_equal_and_of_the_one_that_has_all(counts, expected):
    assert gini(counts) == pytest.approx(expected)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_gini_is_half_the_mean_difference_relative_to_the_mean(counts):
    numbers = np.array(counts, float)
    differences = np.abs(numbers[:, None] - numbers).mean()
    assert gini(counts) == pytest.approx(differences / 2 / numbers.mean(), abs=1e-9)


def test_spread():
    spread = spread_of({3: 1, 1: 18, 2: 1})
    assert (spread.mean, spread.median, spread.percentile_95, spread.fewest, spread.most) == (1.15, 1, 2, 1, 3)
    assert list(spread.counts.items()) == [(1, 18), (2, 1), (3, 1)]
    assert spread_of({}) is None

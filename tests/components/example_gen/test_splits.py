"""Fractions of splits and the split of a hash."""

import numpy as np
import pytest

from components.errors import UsageError
from components.example_gen.splits import DEFAULT_SPLIT_FRACTIONS, assign_splits, check_split_fractions


def test_bounds_belong_to_the_upper_split():
    fractions = {"train": 0.5, "eval": 0.25, "test": 0.25}
    hashes = np.array([0, 2**63 - 1, 2**63, 2**63 + 2**62 - 1, 2**63 + 2**62, 2**64 - 1], np.uint64)
    assert assign_splits(hashes, fractions).tolist() == [0, 0, 1, 1, 2, 2]


def test_shares_come_out_as_asked():
    hashes = np.random.default_rng(0).integers(0, 2**64, 100_000, np.uint64)
    shares = np.bincount(assign_splits(hashes, DEFAULT_SPLIT_FRACTIONS)) / 100_000
    np.testing.assert_allclose(shares, [0.8, 0.1, 0.1], atol=0.005)


def test_order_of_the_names_does_not_matter():
    assert list(check_split_fractions({"test": 0.1, "train": 0.8, "eval": 0.1})) == ["train", "eval", "test"]


@pytest.mark.parametrize(
    ("fractions", "sentence"),
    [
        ({"train": 0.9, "eval": 0.1}, "must name train, eval, test, not train, eval"),
        ({"train": 0.9, "eval": 0.1, "test": 0.0}, "must be positive"),
        ({"train": 0.9, "eval": 0.1, "test": 0.1}, "sum to 1"),
    ],
)
def test_unusable_fractions(fractions, sentence):
    with pytest.raises(UsageError, match=sentence):
        check_split_fractions(fractions)

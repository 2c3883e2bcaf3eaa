"""Bins for long tails."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.report.bins import Bins, bin_shares, long_tail_bins

# 1 % of the drawings have more than 4, and one has 60.
_LONG_TAIL = [(0, 0.0), (1, 50.0), (2, 80.0), (4, 99.0), (60, 100.0)]


def test_the_tail_begins_after_99_percent():
    assert long_tail_bins(_LONG_TAIL, 185) == Bins([0, 1, 2, 3, 4], has_tail=True)


def test_there_is_no_tail_where_the_largest_fits():
    assert long_tail_bins([(0, 0.0), (1, 50.0), (12, 100.0)], 30) == Bins(list(range(31)), has_tail=False)


@pytest.mark.parametrize(("shown", "step"), [(30, 1), (31, 2), (61, 5), (125, 5), (151, 10), (4000, 200)])
def test_bins_are_at_most_thirty_of_a_round_width(shown, step):
    bins = long_tail_bins([(0, 0.0), (shown, 99.0), (9000, 100.0)], 9000)
    assert bins.edges[:2] == [0, step]
    assert len(bins.edges) <= 31
    assert bins.edges[-1] == shown // step * step


def test_of_a_coarse_histogram_the_last_bucket_is_all_tail():
    assert long_tail_bins([(0, 0.0), (3, 70.0), (8, 90.0), (185, 100.0)], 185) == Bins(list(range(9)), has_tail=True)


def test_drawings_that_are_all_alike():
    at_most = [(2, 0.0), (3, 7.0)]
    bins = long_tail_bins(at_most, 3)
    assert bins == Bins([0, 1, 2, 3], has_tail=False)
    assert bin_shares(at_most, bins) == [0, 0, 1]


def test_shares_are_exact_at_known_values_and_even_between():
    bins = Bins([0, 1, 2, 3, 4], has_tail=True)
    assert bin_shares(_LONG_TAIL, bins) == pytest.approx([0.5, 0.3, 0.095, 0.095, 0.01])


def test_a_split_that_ends_early_has_empty_bins():
    assert bin_shares([(0, 0.0), (1, 4.0), (2, 8.0)], Bins([0, 2, 4, 6], has_tail=True)) == [1, 0, 0, 0]


@given(st.dictionaries(st.integers(1, 100_000), st.integers(1, 1000), min_size=1, max_size=50), st.integers(0, 500_000))
def test_shares_of_any_histogram_sum_to_one(counts, more):
    values = sorted(counts)
    totals = accumulate((counts[value] for value in values), initial=0)
    at_most = list(zip([values[0] - 1, *values], totals, strict=True))
    bins = long_tail_bins(at_most, values[-1] + more)
    shares = bin_shares(at_most, bins)
    assert len(shares) == len(bins.edges) - 1 + bins.has_tail <= 31
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= 0

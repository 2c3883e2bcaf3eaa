"""Two histograms in the same bins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorflow_metadata.proto.v0 import statistics_pb2

from components.data_gate.histograms import count_in_same_bins

Bucket = tuple[float, float, float]


def histogram(*buckets: Bucket) -> statistics_pb2.Histogram:
    made = statistics_pb2.Histogram(type=statistics_pb2.Histogram.STANDARD)
    for low, high, count in buckets:
        made.buckets.add(low_value=low, high_value=high, sample_count=count)
    return made


def buckets(counted: statistics_pb2.Histogram) -> list[Bucket]:
    return [(bucket.low_value, bucket.high_value, round(bucket.sample_count, 6)) for bucket in counted.buckets]


def test_common_edges_lose_nothing() -> None:
    ours, theirs = count_in_same_bins(histogram((1, 2, 5), (2, 3, 5)), histogram((1, 2, 9), (2, 3, 1)))
    assert buckets(ours) == [(1, 2, 5), (2, 3, 5)]
    assert buckets(theirs) == [(1, 2, 9), (2, 3, 1)]


def test_an_outlier_moves_nothing() -> None:
    """TFDV's own buckets would spread the 100 over [0, 10), and [0, 100), and find 0.9 of them in other places."""
    narrow = histogram((0, 5, 60), (5, 10, 40))
    wide = histogram((0, 50, 99), (50, 100, 1))
    ours, theirs = count_in_same_bins(narrow, wide)
    assert [count for *_, count in buckets(ours)] == [60, 40]
    assert [count for *_, count in buckets(theirs)] == [60, 40]


def test_what_must_differ_differs() -> None:
    low, high = histogram((0, 5, 10)), histogram((5, 7, 4), (7, 9, 4))
    ours, theirs = count_in_same_bins(low, high)
    assert [count for *_, count in buckets(ours)] == [10, 0, 0]
    assert [count for *_, count in buckets(theirs)] == [0, 4, 4]


def test_a_constant_is_a_bin_of_its_own() -> None:
    ones, twos = histogram((1, 1, 6)), histogram((2, 2, 3))
    ours, theirs = count_in_same_bins(ones, twos)
    assert [count for *_, count in buckets(ours)] == [6, 0]
    assert [count for *_, count in buckets(theirs)] == [0, 3]
    same, also = count_in_same_bins(ones, histogram((1, 1, 9)))
    assert (buckets(same), buckets(also)) == ([(0, 1, 6)], [(0, 1, 9)])


def test_many_buckets_become_ten_bins_without_an_empty_one() -> None:
    fine = [(float(edge), edge + 1.0, 1.0 + edge % 3) for edge in range(100)]
    ours, theirs = count_in_same_bins(histogram(*fine), histogram(*fine))
    assert 8 <= len(ours.buckets) <= 10
    assert ours == theirs
    assert min(count for *_, count in buckets(ours)) >= 0.1 * sum(count for *_, count in fine)


@st.composite
def histograms(draw: st.DrawFn) -> statistics_pb2.Histogram:
    edges = draw(st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True).map(sorted))
    counts = draw(st.lists(st.integers(0, 50), min_size=len(edges) - 1, max_size=len(edges) - 1).filter(any))
    return histogram(*zip(edges, edges[1:], counts, strict=False))


@given(histograms(), histograms())
def test_totals_stay_and_bins_agree(ours: statistics_pb2.Histogram, theirs: statistics_pb2.Histogram) -> None:
    for before, after in zip((ours, theirs), count_in_same_bins(ours, theirs), strict=True):
        total = sum(bucket.sample_count for bucket in before.buckets)
        assert sum(bucket.sample_count for bucket in after.buckets) == pytest.approx(total)
        assert all(bucket.sample_count >= 0 for bucket in after.buckets)
    first, second = count_in_same_bins(ours, theirs)
    assert [b[:2] for b in buckets(first)] == [b[:2] for b in buckets(second)]


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), histograms(), histograms())
def test_no_difference_is_invented(
    values: list[int], grid: statistics_pb2.Histogram, other_grid: statistics_pb2.Histogram
) -> None:
    """The same values in two sets of buckets may be the same distribution, so they come out as the same."""

    def recount(source: statistics_pb2.Histogram) -> statistics_pb2.Histogram:
        edges = sorted({0, 31, *(bucket.low_value for bucket in source.buckets)})
        found = np.histogram(values, edges)[0]
        return histogram(*zip(edges, edges[1:], found, strict=False))

    ours, theirs = count_in_same_bins(recount(grid), recount(other_grid))
    assert [b[2] for b in buckets(ours)] == pytest.approx([b[2] for b in buckets(theirs)])


def test_the_type_is_the_one_that_tfdv_compares() -> None:
    for counted in count_in_same_bins(histogram((0, 1, 1)), histogram((0, 1, 1))):
        assert counted.type == statistics_pb2.Histogram.STANDARD

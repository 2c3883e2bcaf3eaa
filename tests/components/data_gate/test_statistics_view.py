"""Questions to statistics."""

from components.data_gate.statistics_view import count_examples, count_words, find_feature, keep_values
from tests.components.data_gate.made_statistics import statistics_of

ROWS = [{"word": "ant", "points": 3}, {"word": "ant", "points": 4}, {"word": "cat", "points": 5}]


def test_counts() -> None:
    statistics = statistics_of(ROWS)
    assert count_examples(statistics) == 3
    assert count_words(statistics) == {"ant": 2, "cat": 1}


def test_unknown_words_are_none() -> None:
    assert count_words(statistics_of([])) is None
    assert count_words(statistics_of([{"points": 3}])) is None
    assert count_words(statistics_of([{"word": None, "points": 3}])) is None


def test_words_left_out_of_the_counts_are_not_taken_for_missing() -> None:
    statistics = statistics_of(ROWS)
    feature = find_feature(statistics, "word")
    assert feature is not None
    del feature.string_stats.rank_histogram.buckets[1]
    assert count_words(statistics) is None


def test_a_feature_that_is_not_there() -> None:
    assert find_feature(statistics_of(ROWS), "strokes") is None


def test_keep_values() -> None:
    feature = find_feature(statistics_of(ROWS), "word")
    assert feature is not None
    keep_values(feature, {"cat", "dog"})
    buckets = feature.string_stats.rank_histogram.buckets
    assert [(bucket.label, bucket.sample_count) for bucket in buckets] == [("cat", 1)]

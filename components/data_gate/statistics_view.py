"""What the gate asks statistics for."""

from collections.abc import Iterable

from tensorflow_metadata.proto.v0 import statistics_pb2

WORD = "word"


def find_feature(
    statistics: statistics_pb2.DatasetFeatureStatisticsList, name: str
) -> statistics_pb2.FeatureNameStatistics | None:
    """Finds a feature of the whole data set; None if no example has it."""
    for feature in statistics.datasets[0].features:
        if name in (feature.name, ".".join(feature.path.step)):
            return feature
    return None


def count_examples(statistics: statistics_pb2.DatasetFeatureStatisticsList) -> int:
    """Counts the examples; data without examples may have no data set in its statistics."""
    return sum(dataset.num_examples for dataset in statistics.datasets)


def count_values(feature: statistics_pb2.FeatureNameStatistics) -> dict[str, float]:
    """Counts each value of a text feature; the commonest ones only, where there are more than TFDV keeps."""
    return {bucket.label: bucket.sample_count for bucket in feature.string_stats.rank_histogram.buckets}


def count_words(statistics: statistics_pb2.DatasetFeatureStatisticsList) -> dict[str, float] | None:
    """Counts the examples of each word.

    Args:
        statistics: of one split.

    Returns:
        Word -> examples. None if the statistics do not tell: there is no example, no word, or words were left out.
    """
    feature = find_feature(statistics, WORD) if count_examples(statistics) else None
    if feature is None:
        return None
    counts = count_values(feature)
    return counts if counts and feature.string_stats.unique <= len(counts) else None


def keep_values(feature: statistics_pb2.FeatureNameStatistics, values: Iterable[str]) -> None:
    """Drops all other values of a text feature from its counts, in place."""
    kept = set(values)
    ranks = feature.string_stats.rank_histogram
    buckets = [bucket for bucket in ranks.buckets if bucket.label in kept]
    ranks.ClearField("buckets")
    ranks.buckets.extend(buckets)

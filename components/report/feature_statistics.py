"""What StatisticsGen counted of the drawings, split by split, as far as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tensorflow_metadata.proto.v0 import statistics_pb2
from tfx import types
from tfx.components.statistics_gen.stats_artifact_utils import BINARY_PB_BASENAME
from tfx.dsl.io import fileio
from tfx.types import artifact_utils

from components.example_gen.splits import SPLIT_NAMES
from components.report.unreadable_input import naming


@dataclass(frozen=True)
class NumberStatistics:
    """A whole number that each drawing of a split has, such as its strokes.

    Attributes:
        mean: Over the split's drawings, as are the next three.
        median: Half of the drawings have at most as many.
        minimum: The smallest.
        maximum: The largest.
        at_most: Pairs of a value and how many drawings have at most that, both ascending, from one less than the
            smallest, which none has, to the largest, which is all. Empty where there is no histogram.
    """

    mean: float
    median: float
    minimum: float
    maximum: float
    at_most: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class SplitStatistics:
    """One split.

    Attributes:
        numbers: The features that are numbers, by name.
        texts: How often each value occurs, by the name of the feature; without features that have too many values to
            count them all.
    """

    numbers: Mapping[str, NumberStatistics]
    texts: Mapping[str, Mapping[str, int]]


def read_statistics(artifact: types.Artifact) -> dict[str, SplitStatistics]:
    """Reads the `FeatureStats.pb` of every split.

    Args:
        artifact: StatisticsGen's `ExampleStatistics`.

    Returns:
        What is known, by split, in the order train, eval, test.

    Raises:
        UnreadableInputError: a file is missing or is no statistics.
    """
    return {
        name: _read_split(artifact_utils.get_split_uri([artifact], name))
        for name in SPLIT_NAMES
        if name in artifact.splits
    }


def _read_split(split_uri: str) -> SplitStatistics:
    path = f"{split_uri}/{BINARY_PB_BASENAME}"
    with naming(path):
        with fileio.open(path, "rb") as stream:
            statistics = statistics_pb2.DatasetFeatureStatisticsList.FromString(stream.read())
        # TFDV names a feature by its path; a plain column is a path of one step.
        features = {
            feature.name or ".".join(feature.path.step): feature
            for dataset in statistics.datasets
            for feature in dataset.features
        }
    return SplitStatistics(
        numbers={name: _number(f.num_stats) for name, f in features.items() if f.HasField("num_stats")},
        texts={name: _counts(f.string_stats) for name, f in features.items() if _is_counted(f)},
    )


def _is_counted(feature: statistics_pb2.FeatureNameStatistics) -> bool:
    """Tells whether the counts of the values are there, and of all values: TFDV cuts its list at the 1,000th."""
    ranks = feature.string_stats.rank_histogram.buckets
    return bool(ranks) and len(ranks) >= feature.string_stats.unique


def _counts(statistics: statistics_pb2.StringStatistics) -> dict[str, int]:
    return {bucket.label: round(bucket.sample_count) for bucket in statistics.rank_histogram.buckets}


def _number(statistics: statistics_pb2.NumericStatistics) -> NumberStatistics:
    s = statistics
    quantiles = [h for h in s.histograms if h.type == statistics_pb2.Histogram.QUANTILES]
    at_most = _at_most(quantiles[0]) if quantiles else []
    return NumberStatistics(s.mean, s.median, s.min, s.max, at_most)


def _at_most(histogram: statistics_pb2.Histogram) -> list[tuple[float, float]]:
    """Adds the buckets up.

    Each holds its upper end, so the sums are exact; TFDV's histogram of equal widths is interpolated from this one.
    """
    if not any(bucket.sample_count for bucket in histogram.buckets):
        return []
    total = 0.0
    at_most = {histogram.buckets[0].low_value - 1: total}
    for bucket in histogram.buckets:
        total += bucket.sample_count
        at_most[bucket.high_value] = total
    return list(at_most.items())

"""How many strokes and points the drawings have, as StatisticsGen counted them."""

from collections.abc import Iterable
from dataclasses import dataclass

from tensorflow_metadata.proto.v0 import statistics_pb2
from tfx.dsl.io import fileio

from components.report.unreadable_input import naming

_STATISTICS_FILE = "FeatureStats.pb"
_FEATURES = ("strokes", "points")


@dataclass(frozen=True)
class FeatureSummary:
    """One number a drawing, over all drawings of a split."""

    name: str
    mean: float
    median: float
    minimum: float
    maximum: float


def read_feature_summaries(split_uri: str) -> list[FeatureSummary]:
    """Reads the features `strokes` and `points` of one split.

    Args:
        split_uri: the folder of one split's `FeatureStats.pb`.

    Returns:
        The two features, in this order.

    Raises:
        UnreadableInputError: the file is missing, is no statistics, or lacks one of the features.
    """
    path = f"{split_uri}/{_STATISTICS_FILE}"
    with naming(path):
        with fileio.open(path, "rb") as stream:
            statistics = statistics_pb2.DatasetFeatureStatisticsList.FromString(stream.read())
        summaries = _summaries(feature for dataset in statistics.datasets for feature in dataset.features)
        return [summaries[name] for name in _FEATURES]


def _summaries(features: Iterable[statistics_pb2.FeatureNameStatistics]) -> dict[str, FeatureSummary]:
    # TFDV names a feature by its path; a plain column is a path of one step.
    named = ((feature.name or feature.path.step[0], feature.num_stats) for feature in features)
    return {name: FeatureSummary(name, s.mean, s.median, s.min, s.max) for name, s in named if name in _FEATURES}

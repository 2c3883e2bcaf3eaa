"""Strokes and points, as StatisticsGen counted them."""

import pytest
from tensorflow_metadata.proto.v0 import statistics_pb2

from components.report.feature_statistics import FeatureSummary, read_feature_summaries
from components.report.unreadable_input import UnreadableInputError


def test_reads_strokes_and_points(run):
    uri = run.inputs()["statistics"][0].uri
    assert read_feature_summaries(f"{uri}/Split-train") == [
        FeatureSummary("strokes", 5.25, 5, 1, 77),
        FeatureSummary("points", 48.5, 5, 1, 77),
    ]


def test_a_feature_that_is_missing_is_named(tmp_path):
    statistics = statistics_pb2.DatasetFeatureStatisticsList()
    statistics.datasets.add().features.add(name="strokes")
    (tmp_path / "FeatureStats.pb").write_bytes(statistics.SerializeToString())
    with pytest.raises(UnreadableInputError, match=r"FeatureStats\.pb lacks 'points'"):
        read_feature_summaries(str(tmp_path))

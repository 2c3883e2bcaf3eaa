"""What is wrong with the splits, in words."""

from collections.abc import Mapping
from typing import NamedTuple

from tensorflow_metadata.proto.v0 import anomalies_pb2


class SplitReport(NamedTuple):
    """What is known about a split: how many examples it has, and what ExampleValidator found in them."""

    num_examples: int
    anomalies: anomalies_pb2.Anomalies


def find_problems(reports: Mapping[str, SplitReport]) -> list[str]:
    """Lists what is wrong, one sentence for each split and feature; an approved data set has none.

    Args:
        reports: split name -> what is known about it.
    """
    problems = []
    for split, report in reports.items():
        if report.num_examples == 0:
            problems.append(f"split {split} has no example")
        else:
            problems += [f"split {split}, {problem}" for problem in _describe(report.anomalies)]
    return problems


def _describe(anomalies: anomalies_pb2.Anomalies) -> list[str]:
    """Puts anomalies into words, the data set's own first, then those of features by name."""
    problems = []
    if anomalies.HasField("dataset_anomaly_info"):
        problems.append(f"the whole data set: {_reasons(anomalies.dataset_anomaly_info)}")
    for feature, info in sorted(anomalies.anomaly_info.items()):
        problems.append(f"feature {feature}: {_reasons(info)}")
    return problems


def _reasons(info: anomalies_pb2.AnomalyInfo) -> str:
    """Joins the reasons of one anomaly; TFDV's own description is the fallback, since not every anomaly has reasons."""
    reasons = [f"{reason.short_description} ({reason.description.rstrip('. ')})" for reason in info.reason]
    return "; ".join(reasons) or info.description

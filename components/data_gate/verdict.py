"""What is wrong with the splits, in words."""

import textwrap
from collections.abc import Mapping
from typing import NamedTuple

from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2, statistics_pb2

from components.data_gate.comparison import compare
from components.data_gate.policy import Kind
from components.data_gate.statistics_view import count_examples, count_words
from components.data_gate.word_rules import find_missing_words, find_unbalanced_words

REFERENCE_SPLIT = "train"
_MAX_TEXT = 300


class SplitReport(NamedTuple):
    """What is known about a split: what StatisticsGen counted, and what ExampleValidator found in it."""

    statistics: statistics_pb2.DatasetFeatureStatisticsList
    anomalies: anomalies_pb2.Anomalies

    @property
    def num_examples(self) -> int:
        """How many examples the split has."""
        return count_examples(self.statistics)


class Finding(NamedTuple):
    """Something the gate has to say; the policy tells how serious its kind is."""

    kind: Kind
    sentence: str


def find_problems(reports: Mapping[str, SplitReport], schema: schema_pb2.Schema) -> list[Finding]:
    """Lists what is wrong with the data of one run.

    Args:
        reports: split name -> what is known about it.
        schema: the schema the data has to keep, for its comparators.

    Returns:
        One finding for each split and feature, the schema's first.
    """
    findings = [Finding("empty", f"split {name} has no example") for name, r in reports.items() if not r.num_examples]
    reports = {name: report for name, report in reports.items() if report.num_examples}
    for split, report in reports.items():
        findings += [Finding("schema", f"split {split}, {text}") for text in describe_anomalies(report.anomalies)]
    findings += _find_skew(reports, schema)
    words = {split: counts for split, report in reports.items() if (counts := count_words(report.statistics))}
    if words:
        findings += [Finding(kind, sentence) for kind, sentence in find_missing_words(words)]
        findings += [Finding("balance", sentence) for sentence in find_unbalanced_words(words)]
    return findings


def describe_anomalies(anomalies: anomalies_pb2.Anomalies) -> list[str]:
    """Puts TFDV's anomalies into words, the data set's own first, then those of features by name.

    Args:
        anomalies: of one split.

    Returns:
        One text for each feature, without the split's name.
    """
    problems = []
    if anomalies.HasField("dataset_anomaly_info"):
        problems.append(f"the whole data set: {_reasons(anomalies.dataset_anomaly_info)}")
    for feature, info in sorted(anomalies.anomaly_info.items()):
        problems.append(f"feature {feature}: {_reasons(info)}")
    return problems


def _reasons(info: anomalies_pb2.AnomalyInfo) -> str:
    """Joins the reasons of one anomaly; TFDV's own description is the fallback, since not every anomaly has reasons."""
    reasons = [f"{reason.short_description} ({_cut(reason.description.rstrip('. '))})" for reason in info.reason]
    return "; ".join(reasons) or _cut(info.description)


def _cut(text: str) -> str:
    # TFDV lists every unexpected value of a feature, which can be all of them.
    return textwrap.shorten(text, _MAX_TEXT, placeholder=" ...")


def _find_skew(reports: Mapping[str, SplitReport], schema: schema_pb2.Schema) -> list[Finding]:
    """Compares every split with the one that is learned from."""
    reference = reports.get(REFERENCE_SPLIT)
    if reference is None:
        return []
    return [
        Finding("skew", f"split {split}, {difference}")
        for split, report in reports.items()
        if split != REFERENCE_SPLIT
        for difference in compare(report.statistics, reference.statistics, schema, "skew", f"split {REFERENCE_SPLIT}")
        if difference.excessive
    ]

"""Skew and drift as TFDV measures them, judged with what chance explains."""

import dataclasses
from typing import Literal, TypeAlias

import tensorflow_data_validation as tfdv
from tensorflow_metadata.proto.v0 import anomalies_pb2, schema_pb2, statistics_pb2

from components.data_gate.allowance import infinity_norm_allowance, jensen_shannon_allowance
from components.data_gate.histograms import count_in_same_bins
from components.data_gate.statistics_view import count_values, find_feature

Statistics: TypeAlias = statistics_pb2.DatasetFeatureStatisticsList
_FeaturePair: TypeAlias = tuple[statistics_pb2.FeatureNameStatistics, statistics_pb2.FeatureNameStatistics]
_Measurement: TypeAlias = anomalies_pb2.DriftSkewInfo.Measurement


@dataclasses.dataclass(frozen=True)
class Difference:
    """How far a feature's distributions are apart.

    Attributes:
        feature: the feature's name.
        what: what differs from what, in words.
        value: as TFDV measured it: a share for L-infinity, bits for Jensen-Shannon.
        threshold: the schema's.
        allowance: what chance explains on top of it.
    """

    feature: str
    what: str
    value: float
    threshold: float
    allowance: float

    @property
    def excessive(self) -> bool:
        """Whether the difference is more than the schema and chance allow."""
        return self.value > self.threshold + self.allowance

    def __str__(self) -> str:
        bound = self.threshold + self.allowance
        return (
            f"feature {self.feature}: {self.what} of {self.value:.3g} where at most {bound:.3g} may be "
            f"({self.threshold:.3g} of the schema, {self.allowance:.3g} for chance)"
        )


def compare(
    statistics: Statistics,
    reference: Statistics,
    schema: schema_pb2.Schema,
    kind: Literal["skew", "drift"],
    reference_name: str,
) -> list[Difference]:
    """Measures every feature that has a comparator in the schema and values on both sides.

    Args:
        statistics: of the examples in question, at least one.
        reference: of those they should be like, at least one.
        schema: says with `skew_comparator` and `drift_comparator` what to compare, and how.
        kind: which of the two comparators.
        reference_name: what to call the reference in a sentence.

    Returns:
        What was measured, by feature, whether excessive or not.
    """
    pairs = _comparable_features(statistics, reference, schema, kind)
    if not pairs:
        return []
    comparators = schema_pb2.Schema(feature=[_only_comparator(f, kind) for f in schema.feature if f.name in pairs])
    ours = _as_statistics([pair[0] for pair in pairs.values()], statistics)
    theirs = _as_statistics([pair[1] for pair in pairs.values()], reference)
    if kind == "skew":
        # TFDV asks whether the served data is like the data trained on, so ours is the served one.
        found = tfdv.validate_statistics(theirs, comparators, serving_statistics=ours)
    else:
        found = tfdv.validate_statistics(ours, comparators, previous_statistics=theirs)
    return [
        _difference(info.path.step[0], measurement, pairs[info.path.step[0]], reference_name)
        for info in sorted(found.drift_skew_info, key=lambda info: info.path.step[0])
        for measurement in (info.skew_measurements if kind == "skew" else info.drift_measurements)
    ]


def _comparable_features(
    statistics: Statistics, reference: Statistics, schema: schema_pb2.Schema, kind: str
) -> dict[str, _FeaturePair]:
    """Feature name -> its statistics on both sides, numbers counted in the same bins."""
    pairs = {}
    for declared in schema.feature:
        ours, theirs = find_feature(statistics, declared.name), find_feature(reference, declared.name)
        if not declared.HasField(f"{kind}_comparator") or ours is None or theirs is None:
            continue
        pair = _aligned(ours, theirs)
        if pair is not None:
            pairs[declared.name] = pair
    return pairs


def _aligned(
    ours: statistics_pb2.FeatureNameStatistics, theirs: statistics_pb2.FeatureNameStatistics
) -> _FeaturePair | None:
    """Returns what TFDV can compare; None if the types differ or a side has no values, which the schema forbids."""
    if ours.WhichOneof("stats") != theirs.WhichOneof("stats"):
        return None
    if ours.HasField("string_stats"):
        return (ours, theirs) if count_values(ours) and count_values(theirs) else None
    our_histogram, their_histogram = _standard_histogram(ours), _standard_histogram(theirs)
    if our_histogram is None or their_histogram is None:
        return None
    our_histogram, their_histogram = count_in_same_bins(our_histogram, their_histogram)
    return _with_histogram(ours, our_histogram), _with_histogram(theirs, their_histogram)


def _standard_histogram(feature: statistics_pb2.FeatureNameStatistics) -> statistics_pb2.Histogram | None:
    for histogram in feature.num_stats.histograms:
        if histogram.type == statistics_pb2.Histogram.STANDARD and any(b.sample_count for b in histogram.buckets):
            return histogram
    return None


def _with_histogram(
    feature: statistics_pb2.FeatureNameStatistics, histogram: statistics_pb2.Histogram
) -> statistics_pb2.FeatureNameStatistics:
    copy = statistics_pb2.FeatureNameStatistics()
    copy.CopyFrom(feature)
    copy.num_stats.ClearField("histograms")
    copy.num_stats.histograms.append(histogram)
    return copy


def _only_comparator(feature: schema_pb2.Feature, kind: str) -> schema_pb2.Feature:
    """Drops every other promise, which ExampleValidator has looked at."""
    bare = schema_pb2.Feature(name=feature.name, type=feature.type)
    comparator = getattr(bare, f"{kind}_comparator")
    comparator.CopyFrom(getattr(feature, f"{kind}_comparator"))
    if comparator.HasField("jensen_shannon_divergence"):
        # The bins are ours, so there is no histogram to select.
        comparator.jensen_shannon_divergence.ClearField("source")
    return bare


def _as_statistics(features: list[statistics_pb2.FeatureNameStatistics], source: Statistics) -> Statistics:
    dataset = statistics_pb2.DatasetFeatureStatistics(num_examples=source.datasets[0].num_examples, features=features)
    return Statistics(datasets=[dataset])


def _difference(name: str, measurement: _Measurement, pair: _FeaturePair, reference_name: str) -> Difference:
    """Puts one of TFDV's measurements into words and gives it the allowance of its kind."""
    counts, others = (_count(feature) for feature in pair)
    if measurement.type == _Measurement.L_INFTY:
        what = _most_different(counts, others, reference_name)
        allowance = infinity_norm_allowance(counts, others)
    else:
        what = f"distributed otherwise than in {reference_name}, a Jensen-Shannon divergence"
        bins = len(counts.keys() | others.keys())
        allowance = jensen_shannon_allowance(sum(counts.values()), sum(others.values()), bins)
    return Difference(name, what, measurement.value, measurement.threshold, allowance)


def _count(feature: statistics_pb2.FeatureNameStatistics) -> dict[str, float]:
    if feature.HasField("string_stats"):
        return count_values(feature)
    return {str(bin): bucket.sample_count for bin, bucket in enumerate(feature.num_stats.histograms[0].buckets)}


def _most_different(counts: dict[str, float], others: dict[str, float], reference_name: str) -> str:
    """Names the value that the L-infinity norm is about."""
    total, other_total = sum(counts.values()), sum(others.values())
    shares = {
        value: (counts.get(value, 0) / total, others.get(value, 0) / other_total)
        for value in sorted(counts.keys() | others.keys())
    }
    value, (share, other_share) = max(shares.items(), key=lambda item: abs(item[1][0] - item[1][1]))
    return f"the share of {value!r} is {share:.3g} against {other_share:.3g} in {reference_name}, a difference"

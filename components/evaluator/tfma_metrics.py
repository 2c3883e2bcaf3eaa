"""Counts -> the metrics of each slice as TFMA keeps them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from google.protobuf import wrappers_pb2
from tensorflow_model_analysis.metrics import metric_types
from tensorflow_model_analysis.proto import metrics_for_slice_pb2

from components.evaluator.counted import Counted
from components.evaluator.estimates import Difference, Estimate, compare, estimate
from components.evaluator.eval_config import BASELINE, CANDIDATE, TFMA_NAMES
from components.evaluator.slices import SliceKey
from components.evaluator.totals import Totals

# A number, or TFMA's BoundedValue: one with the interval that chance leaves it.
_Value: TypeAlias = Any


def tfma_metrics(
    counted: Counted, has_baseline: bool
) -> Iterator[tuple[SliceKey, dict[metric_types.MetricKey, _Value]]]:
    """Yields each slice with its metrics.

    Args:
        counted: over all drawings.
        has_baseline: whether TFMA's configuration names two models.
    """
    candidate = CANDIDATE if has_baseline else ""
    for slice_key, totals in counted.totals.items():
        metrics: dict[metric_types.MetricKey, _Value] = {
            metric_types.MetricKey("example_count", model_name=candidate): float(totals.moments.count)
        }
        for name, value in estimate(totals).items():
            metrics[metric_types.MetricKey(TFMA_NAMES[name], model_name=candidate)] = _bounded(value)
        metrics |= _of_the_baseline(totals, candidate)
        yield slice_key, metrics


def _of_the_baseline(totals: Totals, candidate: str) -> Mapping[metric_types.MetricKey, _Value]:
    comparison = totals.comparison
    if comparison is None or not comparison.difference.count:
        return {}
    count = metric_types.MetricKey("example_count", model_name=BASELINE)
    metrics: dict[metric_types.MetricKey, _Value] = {count: float(comparison.baseline.count)}
    differences: dict[str, Difference] = compare(comparison)
    for name, difference in differences.items():
        metrics[metric_types.MetricKey(TFMA_NAMES[name], model_name=BASELINE)] = difference.baseline
        key = metric_types.MetricKey(TFMA_NAMES[name], model_name=candidate, is_diff=True)
        metrics[key] = _bounded(difference)
    return metrics


def _bounded(estimate: Estimate) -> _Value:
    if estimate.low is None or estimate.high is None:
        return estimate.value
    value, low, high = (
        wrappers_pb2.DoubleValue(value=number) for number in (estimate.value, estimate.low, estimate.high)
    )
    return metrics_for_slice_pb2.BoundedValue(value=value, lower_bound=low, upper_bound=high)

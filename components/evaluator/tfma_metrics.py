"""The metrics of an evaluation as TFMA keeps them."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from google.protobuf import wrappers_pb2
from tensorflow_model_analysis.metrics import metric_types
from tensorflow_model_analysis.proto import metrics_for_slice_pb2

from components.evaluator.eval_config import BASELINE, CANDIDATE, TFMA_NAMES
from components.evaluator.slices import OVERALL, SliceKey

# A number, or TFMA's BoundedValue: one with the interval that chance leaves it.
_Value: TypeAlias = Any


def tfma_metrics(
    evaluation: dict[str, Any], has_baseline: bool
) -> Iterator[tuple[SliceKey, dict[metric_types.MetricKey, _Value]]]:
    """Yields each slice with its metrics.

    Args:
        evaluation: of `components.evaluator.evaluation`.
        has_baseline: whether TFMA's configuration names two models.
    """
    candidate = CANDIDATE if has_baseline else ""
    for part in evaluation["slices"]:
        metrics: dict[metric_types.MetricKey, _Value] = {
            metric_types.MetricKey("example_count", model_name=candidate): float(part["examples"])
        }
        for name, value in part["metrics"].items():
            metrics[metric_types.MetricKey(TFMA_NAMES[name], model_name=candidate)] = _bounded(value)
        if part["differences"]:
            metrics |= _of_the_baseline(part, candidate)
        yield ((part["feature"], part["value"]),) if part["feature"] else OVERALL, metrics


def _of_the_baseline(part: Mapping[str, Any], candidate: str) -> dict[metric_types.MetricKey, _Value]:
    count = metric_types.MetricKey("example_count", model_name=BASELINE)
    metrics: dict[metric_types.MetricKey, _Value] = {count: float(part["compared"])}
    for name, difference in part["differences"].items():
        metrics[metric_types.MetricKey(TFMA_NAMES[name], model_name=BASELINE)] = difference["baseline"]
        key = metric_types.MetricKey(TFMA_NAMES[name], model_name=candidate, is_diff=True)
        metrics[key] = _bounded(difference)
    return metrics


def _bounded(estimate: Mapping[str, Any]) -> _Value:
    if estimate["low"] is None:
        return estimate["value"]
    value, low, high = (wrappers_pb2.DoubleValue(value=estimate[end]) for end in ("value", "low", "high"))
    return metrics_for_slice_pb2.BoundedValue(value=value, lower_bound=low, upper_bound=high)

"""The verdict as rows: one a metric, with every threshold that bounds it, and one a word with a floor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.evaluator.metric_names import LOWER_IS_BETTER, METRIC_NAMES


@dataclass(frozen=True)
class MetricRow:
    """One metric.

    Attributes:
        name: As people read it.
        value: The candidate's.
        interval: Both ends of 95 %; None where few drawings leave them open.
        thresholds: Each in words, such as "≥ 0.6000".
        baseline: The baseline's value on the drawings compared on; None without one.
        difference: The candidate's on these less that.
        difference_interval: Both ends of 95 %, as above.
        passed: Whether it passed all of its checks; None without any.
        sentences: Of the checks.
    """

    name: str
    value: float
    interval: Sequence[float | None]
    thresholds: Sequence[str]
    baseline: float | None
    difference: float | None
    difference_interval: Sequence[float | None]
    passed: bool | None
    sentences: Sequence[str]


def metric_rows(verdict: Mapping[str, Any]) -> list[MetricRow]:
    """Lists the metrics.

    Args:
        verdict: of `components.evaluator.verdict`.
    """
    return [_row(verdict, metric, name) for metric, name in METRIC_NAMES.items()]


def floor_checks(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Lists the checks of words, failed ones first, then the lowest recall; none without a floor.

    Args:
        verdict: of `components.evaluator.verdict`.
    """
    checks = [check for check in verdict["checks"] if check["kind"] == "floor"]
    return sorted(checks, key=lambda check: (check["passed"], check["value"], check["word"]))


def _row(verdict: Mapping[str, Any], metric: str, name: str) -> MetricRow:
    checks = [check for check in verdict["checks"] if check["metric"] == metric]
    difference = (verdict["differences"] or {}).get(metric, {})
    return MetricRow(
        name=name,
        value=verdict["metrics"][metric],
        interval=verdict["intervals"][metric],
        thresholds=[_bound(check) for check in checks],
        baseline=difference.get("baseline"),
        difference=difference.get("value"),
        difference_interval=(difference.get("low"), difference.get("high")),
        passed=all(check["passed"] for check in checks) if checks else None,
        sentences=[check["sentence"] for check in checks],
    )


def _bound(check: Mapping[str, Any]) -> str:
    if check["kind"] == "change":
        return f"drop ≤ {check['threshold']:.4f}"
    return f"{'≤' if check['metric'] in LOWER_IS_BETTER else '≥'} {check['threshold']:.4f}"

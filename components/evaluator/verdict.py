"""TFMA's result as a verdict a person can read: what was measured, against what, and whether it passed."""

import json
import pathlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import tensorflow_model_analysis as tfma

from components.evaluator.eval_config import ACCURACY, BASELINE, CANDIDATE
from components.evaluator.mean_average_precision import NAME as MAP_AT_3

VERDICT_FILE = "verdict.json"
_NAMES = {ACCURACY: "accuracy", MAP_AT_3: "map_at_3"}
_OVERALL = ()


def make_verdict(evaluation_uri: str, labels: Sequence[str], version: int, comparable: bool) -> dict[str, Any]:
    """Reads TFMA's metrics, plots and validation of one evaluation.

    Args:
        evaluation_uri: what TFMA wrote.
        labels: the words in the order of the class ids.
        version: the version now serving, 0 for none.
        comparable: whether that version was evaluated too; not if it knows other words.

    Returns:
        JSON values: `blessed`, `examples`, `baseline_version`, `baseline_sentence`, `metrics`, `baseline_metrics`
        (None without one), `checks` (one a threshold), `words` and `confusion`.
    """
    metrics = _overall_metrics(evaluation_uri, CANDIDATE if comparable else "")
    baseline = _overall_metrics(evaluation_uri, BASELINE) if comparable else None
    confusion = _confusion(evaluation_uri, CANDIDATE if comparable else "", labels)
    validation = tfma.load_validation_result(evaluation_uri)
    return {
        "blessed": validation.validation_ok,
        "examples": int(metrics["example_count"]),
        "baseline_version": version,
        "baseline_sentence": _baseline_sentence(version, comparable),
        "metrics": _named(metrics),
        "baseline_metrics": _named(baseline) if baseline else None,
        "checks": _checks(evaluation_uri, metrics, baseline),
        "words": _words(confusion),
        "confusion": confusion,
    }


def write_verdict(evaluation_uri: str, verdict: dict[str, Any]) -> None:
    """Writes the verdict beside TFMA's files.

    Args:
        evaluation_uri: the evaluation's folder.
        verdict: of `make_verdict`.
    """
    pathlib.Path(evaluation_uri, VERDICT_FILE).write_text(json.dumps(verdict, indent=1), encoding="utf-8")


def _baseline_sentence(version: int, comparable: bool) -> str:
    if version == 0:
        return "no model was serving, so there was nothing to compare with."
    if not comparable:
        return f"version {version} was serving with other words, so it was not compared."
    return f"compared with version {version} on the same drawings."


def _load(evaluation_uri: str, model_name: str) -> tfma.EvalResult:
    return tfma.load_eval_result(evaluation_uri, model_name=model_name or None)


def _overall_metrics(evaluation_uri: str, model_name: str) -> dict[str, float]:
    metrics = _load(evaluation_uri, model_name).get_metrics_for_slice(_OVERALL)
    return {name: value["doubleValue"] for name, value in metrics.items() if "doubleValue" in value}


def _named(metrics: dict[str, float]) -> dict[str, float]:
    return {ours: metrics[theirs] for theirs, ours in _NAMES.items()}


def _checks(evaluation_uri: str, metrics: dict[str, float], baseline: dict[str, float] | None) -> list[dict[str, Any]]:
    config = _load(evaluation_uri, CANDIDATE if baseline else "").config
    checks = []
    for metric in config.metrics_specs[0].metrics:
        name = {"SparseCategoricalAccuracy": ACCURACY, "MeanAveragePrecisionAt3": MAP_AT_3}.get(metric.class_name)
        if name is None:
            continue
        if metric.threshold.HasField("value_threshold"):
            bound = metric.threshold.value_threshold.lower_bound.value
            checks.append(_value_check(name, metrics[name], bound))
        if baseline and metric.threshold.HasField("change_threshold"):
            bound = metric.threshold.change_threshold.absolute.value
            checks.append(_change_check(name, metrics[name], baseline[name], bound))
    return checks


def _value_check(name: str, value: float, threshold: float) -> dict[str, Any]:
    passed = value >= threshold
    word = _NAMES[name]
    return {
        "metric": word,
        "kind": "value",
        "value": value,
        "threshold": threshold,
        "baseline": None,
        "difference": None,
        "passed": passed,
        "sentence": f"{word} {value:.4f} is {'at least' if passed else 'below'} {threshold:.4f}.",
    }


def _change_check(name: str, value: float, baseline: float, threshold: float) -> dict[str, Any]:
    difference = value - baseline
    passed = difference >= threshold
    word = _NAMES[name]
    verb = "is within" if passed else "falls beyond"
    return {
        "metric": word,
        "kind": "change",
        "value": value,
        "threshold": threshold,
        "baseline": baseline,
        "difference": difference,
        "passed": passed,
        "sentence": f"{word} changed by {difference:+.4f}, which {verb} the allowed {threshold:+.4f}.",
    }


def _confusion(evaluation_uri: str, model_name: str, labels: Sequence[str]) -> list[dict[str, Any]]:
    plots = _load(evaluation_uri, model_name).plots
    overall = next(values for key, values in plots if key == _OVERALL)
    matrix = overall[""][""]["multiClassConfusionMatrixAtThresholds"]["matrices"][0]
    return [
        {
            "actual": labels[int(entry.get("actualClassId", 0))],
            "predicted": labels[int(entry.get("predictedClassId", 0))],
            "count": int(entry["numWeightedExamples"]),
        }
        for entry in matrix["entries"]
    ]


def _words(confusion: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    examples: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    for entry in confusion:
        examples[entry["actual"]] += entry["count"]
        right[entry["actual"]] += entry["count"] if entry["actual"] == entry["predicted"] else 0
    return {word: {"examples": examples[word], "accuracy": right[word] / examples[word]} for word in sorted(examples)}

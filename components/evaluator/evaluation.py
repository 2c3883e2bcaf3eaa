"""What an evaluation found, as JSON values: `evaluation.json` beside TFMA's result."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from components.evaluator.calibration import BINS
from components.evaluator.counted import Counted
from components.evaluator.estimates import compare, estimate
from components.evaluator.slices import SliceKey
from components.evaluator.totals import Totals

EVALUATION_FILE = "evaluation.json"
_KEPT_MISTAKES = 1_000


def make_evaluation(counted: Counted, labels: tuple[str, ...]) -> dict[str, Any]:
    """Turns counts into metrics.

    Args:
        counted: over all drawings; at least one.
        labels: the candidate's words in the order of the class ids.

    Returns:
        `slices`: for each `feature` and `value`, both "" for all drawings: `examples` and `metrics`; `compared`, how
        many drawings the baseline knows the word of, and `differences` on those, None if there are none (see
        `components.evaluator.estimates`).
        `words`: for each label `examples`, `recall`, `precision`; None where no drawing or no answer is of it.
        `confusion`: entries `actual`, `predicted`, `count` of the pairs that occur.
        `calibration`: for each bin of confidence `examples`, mean `confidence`, `accuracy`.
        `best`, `worst`, `confidently_wrong`: drawings, see `components.evaluator.notable_drawings`.
        `mistakes`: for each of the thousand commonest pairs in `confusion` that differ, its most confident drawing.
    """
    notable = counted.notable
    confusion = _confusion(counted.confusion, labels)
    return {
        "slices": [_slice(key, totals) for key, totals in sorted(counted.totals.items())],
        "words": _words(counted.confusion, labels),
        "confusion": confusion,
        "calibration": _calibration(counted.totals[()].calibration),
        **{
            kind: [drawing.to_json() for drawing in getattr(notable, kind)]
            for kind in ("best", "worst", "confidently_wrong")
        },
        "mistakes": [
            notable.mistakes[entry["actual"], entry["predicted"]].to_json()
            for entry in [entry for entry in confusion if entry["actual"] != entry["predicted"]][:_KEPT_MISTAKES]
        ],
    }


def overall(evaluation: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the slice of all drawings."""
    return next(part for part in evaluation["slices"] if part["feature"] == "")


def _slice(key: SliceKey, totals: Totals) -> dict[str, Any]:
    (feature, value) = key[0] if key else ("", "")
    compared = int(totals.comparison.difference.count) if totals.comparison else 0
    differences = compare(totals.comparison) if totals.comparison and compared else None
    return {
        "feature": feature,
        "value": value,
        "examples": int(totals.moments.count),
        "metrics": {name: dataclasses.asdict(metric) for name, metric in estimate(totals).items()},
        "compared": compared,
        "differences": differences and {name: dataclasses.asdict(metric) for name, metric in differences.items()},
    }


def _words(confusion: np.ndarray, labels: Sequence[str]) -> list[dict[str, Any]]:
    drawn, answered, right = confusion.sum(axis=1), confusion.sum(axis=0), confusion.diagonal()
    return [
        {
            "word": word,
            "examples": int(drawn[number]),
            "recall": _share(right[number], drawn[number]),
            "precision": _share(right[number], answered[number]),
        }
        for number, word in enumerate(labels)
    ]


def _share(part: int, whole: int) -> float | None:
    return int(part) / int(whole) if whole else None


def _confusion(confusion: np.ndarray, labels: Sequence[str]) -> list[dict[str, Any]]:
    """Commonest first; among equals in the order of the labels."""
    entries = [
        {"actual": labels[actual], "predicted": labels[predicted], "count": int(confusion[actual, predicted])}
        for actual, predicted in np.argwhere(confusion)
    ]
    return sorted(entries, key=lambda entry: -entry["count"])


def _calibration(bins: np.ndarray) -> list[dict[str, Any]]:
    return [
        {
            "from": number / BINS,
            "to": (number + 1) / BINS,
            "examples": int(count),
            "confidence": float(confidence / count) if count else None,
            "accuracy": float(right / count) if count else None,
        }
        for number, (count, confidence, right, _) in enumerate(bins)
    ]

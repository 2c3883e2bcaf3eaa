"""The verdict that a person can read: what was measured, against what, whether it passed, and what to do."""

import dataclasses
import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from components.evaluator.estimates import Difference, Estimate
from components.evaluator.evaluation import overall
from components.evaluator.judge import Check, judge
from components.evaluator.slices import WORD
from components.evaluator.thresholds import Thresholds

VERDICT_FILE = "verdict.json"


@dataclasses.dataclass(frozen=True)
class ComparedBaseline:
    """The model now serving, as far as it could be compared with.

    Attributes:
        version: the pushed version; 0 if nothing was serving.
        labels: its words; empty if it could not be read.
        shared: the words that the candidate knows too.
        trouble: why it could not be compared, as the rest of a sentence; "" if it could or there was none.
    """

    version: int
    labels: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    trouble: str = ""

    def sentence(self, labels: Sequence[str], examples: int) -> str:
        """Says what the candidate, with its labels, was compared with, and on how many drawings."""
        if self.version == 0:
            return "no model was serving, so there was nothing to compare with: a first model is judged by values only."
        if self.trouble:
            return f"version {self.version} was serving, but {self.trouble}; so it was not compared."
        if set(self.labels) == set(labels):
            return f"compared with version {self.version} on the same {examples:,} drawings."
        return (
            f"compared with version {self.version} on the {examples:,} drawings of the {len(self.shared):,} words that "
            f"both know, out of {len(labels):,} now and {len(self.labels):,} then."
        )


def make_verdict(
    evaluation: Mapping[str, Any], labels: Sequence[str], baseline: ComparedBaseline, thresholds: Thresholds
) -> dict[str, Any]:
    """Judges an evaluation.

    Args:
        evaluation: of `components.evaluator.evaluation`.
        labels: the candidate's words.
        baseline: what it was compared with.
        thresholds: the gate.

    Returns:
        JSON values: `blessed`; `examples`; `baseline_version`, 0 for none; `baseline_sentence`; `metrics` and
        `intervals`; `differences` from the baseline on the drawings compared on (see
        `components.evaluator.estimates.Difference`), or None; `checks` (see
        `components.evaluator.judge`), one a threshold that applies; `advice`, what to do if not blessed, else "".
    """
    whole = overall(evaluation)
    metrics = {name: Estimate(**values) for name, values in whole["metrics"].items()}
    recalls = {
        part["value"]: Estimate(**part["metrics"]["accuracy"])
        for part in evaluation["slices"]
        if part["feature"] == WORD and part["value"] in set(labels)
    }
    differences = None
    if whole["differences"]:
        differences = {name: Difference(**values) for name, values in whole["differences"].items()}
    checks = judge(metrics, recalls, differences, thresholds)
    return {
        "blessed": all(check.passed for check in checks),
        "examples": whole["examples"],
        "baseline_version": baseline.version,
        "baseline_sentence": baseline.sentence(labels, whole["compared"]),
        "metrics": {name: metric.value for name, metric in metrics.items()},
        "intervals": {name: [metric.low, metric.high] for name, metric in metrics.items()},
        "differences": whole["differences"],
        "checks": [dataclasses.asdict(check) for check in checks],
        "advice": _advice([check for check in checks if not check.passed], baseline.version),
    }


def write_verdict(folder: str, verdict: dict[str, Any]) -> None:
    """Writes the verdict.

    Args:
        folder: of an artifact.
        verdict: of `make_verdict`.
    """
    pathlib.Path(folder, VERDICT_FILE).write_text(json.dumps(verdict, indent=1), encoding="utf-8")


def _advice(failed: Sequence[Check], version: int) -> str:
    kinds = {check.kind for check in failed}
    advice = []
    if "value" in kinds:
        advice.append(
            "Train longer (--epochs), on more drawings (--per-word) or with a stronger preset, "
            "or lower the threshold (--thresholds)."
        )
    if "change" in kinds:
        advice.append(
            f"Version {version} goes on serving; begin from it with --warm-start {version}, or allow a larger drop."
        )
    if "floor" in kinds:
        words = ", ".join(f"'{check.word}'" for check in failed if check.kind == "floor")
        advice.append(f"Look at {words} in the report: too few drawings, or two words that look alike?")
    return " ".join(advice)

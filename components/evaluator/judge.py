"""The gate: estimates against thresholds, each with its sentence."""

import dataclasses
from collections.abc import Iterator, Mapping

from components.evaluator.estimates import Difference, Estimate
from components.evaluator.metric_names import METRIC_NAMES
from components.evaluator.thresholds import LEAST_VALUES, MOST_DROPS, MOST_VALUES, Thresholds


@dataclasses.dataclass(frozen=True)
class Check:
    """A threshold and what was measured.

    Attributes:
        metric: one of `METRIC_NAMES`, or "recall".
        word: whose recall; "" for a metric of all drawings.
        kind: "value" against a bound, "change" against the baseline, "floor" for a word.
        value: of the candidate, for a change on the drawings whose words the baseline knows too.
        low: lower end of the 95 % interval: of the value's, for a change of the difference's.
        high: upper end.
        threshold: the bound, or the most allowed drop.
        baseline: the baseline's value on the same drawings; None for other kinds.
        difference: `value` less `baseline`.
        p_worse: see `components.evaluator.estimates.Difference`.
        passed: whether it may be served, as far as this goes.
        sentence: all that in words.
    """

    metric: str
    word: str
    kind: str
    value: float
    low: float | None
    high: float | None
    threshold: float
    baseline: float | None
    difference: float | None
    p_worse: float | None
    passed: bool
    sentence: str


def judge(
    overall: Mapping[str, Estimate],
    recalls: Mapping[str, Estimate],
    differences: Mapping[str, Difference] | None,
    thresholds: Thresholds,
) -> list[Check]:
    """Holds a model against its thresholds.

    Args:
        overall: the candidate's metrics over all drawings.
        recalls: word -> its recall.
        differences: from the baseline; None without one, and then no change is checked.
        thresholds: the gate.

    Returns:
        One check for each threshold that applies, a floor giving one a word; the model is blessed if all passed.
    """
    return [
        *_values(overall, thresholds),
        *_changes(differences or {}, thresholds),
        *_floors(recalls, thresholds),
    ]


def _values(overall: Mapping[str, Estimate], thresholds: Thresholds) -> Iterator[Check]:
    for bounds, sign, beyond, within in ((LEAST_VALUES, 1, "below", "at least"), (MOST_VALUES, -1, "above", "at most")):
        for name, metric in bounds.items():
            bound = getattr(thresholds, name)
            if bound is None:
                continue
            measured = overall[metric]
            passed = sign * measured.value >= sign * bound
            sentence = f"{METRIC_NAMES[metric]} {measured.value:.4f} is {within if passed else beyond} {bound:.4f}."
            yield _check(metric, "", "value", measured, bound, passed, sentence)


def _changes(differences: Mapping[str, Difference], thresholds: Thresholds) -> Iterator[Check]:
    for name, metric in MOST_DROPS.items():
        allowed = getattr(thresholds, name)
        if allowed is None or metric not in differences:
            continue
        difference = differences[metric]
        dropped = difference.value < -allowed
        by_chance = difference.p_worse >= thresholds.significance
        p = f"p = {difference.p_worse:.2g}"
        if not dropped:
            reason = f"within the allowed drop of {allowed:.4f}"
        elif by_chance:
            reason = f"beyond the allowed drop of {allowed:.4f}, but chance explains it ({p})"
        else:
            reason = f"beyond the allowed drop of {allowed:.4f}, and not by chance ({p})"
        sentence = f"{METRIC_NAMES[metric]} changed by {difference.value:+.4f}, {reason}."
        passed = not dropped or by_chance
        yield dataclasses.replace(
            _check(metric, "", "change", difference, allowed, passed, sentence),
            value=difference.baseline + difference.value,
            baseline=difference.baseline,
            difference=difference.value,
            p_worse=difference.p_worse,
        )


def _floors(recalls: Mapping[str, Estimate], thresholds: Thresholds) -> Iterator[Check]:
    floor = thresholds.min_word_recall
    if floor is None:
        return
    for word, recall in recalls.items():
        passed = recall.high is None or recall.high >= floor
        below = recall.value < floor
        verb = "is at least" if not below else "is below, but not beyond chance," if passed else "is below"
        interval = "" if recall.low is None else f" ({recall.low:.2f} to {recall.high:.2f})"
        sentence = f"recall of '{word}' {recall.value:.4f}{interval} {verb} {floor:.4f}."
        yield _check("recall", word, "floor", recall, floor, passed, sentence)


def _check(
    metric: str, word: str, kind: str, measured: Estimate, threshold: float, passed: bool, sentence: str
) -> Check:
    return Check(
        metric, word, kind, measured.value, measured.low, measured.high, threshold, None, None, None, passed, sentence
    )

import pytest

from components.evaluator.estimates import Difference, Estimate
from components.evaluator.judge import judge
from components.evaluator.thresholds import Thresholds

OVERALL = {
    name: Estimate(value, value - 0.01, value + 0.01)
    for name, value in {"accuracy": 0.8, "top_3_accuracy": 0.9, "map_at_3": 0.85, "loss": 0.7, "ece": 0.05}.items()
}
BEYOND = "changed by -0.2500, beyond the allowed drop of 0.1250"
NOTHING = dict.fromkeys(("min_accuracy", "min_map_at_3", "max_accuracy_drop"))


@pytest.mark.parametrize(
    ("threshold", "passed", "sentence"),
    [
        ({"min_accuracy": 0.8}, True, "accuracy 0.8000 is at least 0.8000."),
        ({"min_accuracy": 0.81}, False, "accuracy 0.8000 is below 0.8100."),
        ({"min_top_3_accuracy": 0.95}, False, "top-3 accuracy 0.9000 is below 0.9500."),
        ({"min_map_at_3": 0.5}, True, "MAP@3 0.8500 is at least 0.5000."),
        ({"max_loss": 0.7}, True, "loss 0.7000 is at most 0.7000."),
        ({"max_loss": 0.6}, False, "loss 0.7000 is above 0.6000."),
        ({"max_ece": 0.01}, False, "calibration error 0.0500 is above 0.0100."),
    ],
)
def test_a_value_is_held_against_its_bound(threshold: dict[str, float], passed: bool, sentence: str) -> None:
    (check,) = judge(OVERALL, {}, None, Thresholds(**{**NOTHING, **threshold}))
    assert (check.kind, check.passed, check.sentence) == ("value", passed, sentence)


@pytest.mark.parametrize(
    ("value", "p_worse", "passed", "reason"),
    [
        (0.25, 1.0, True, "changed by +0.2500, within the allowed drop of 0.1250."),
        (-0.125, 0.001, True, "changed by -0.1250, within the allowed drop of 0.1250."),
        (-0.25, 0.05, True, f"{BEYOND}, but chance explains it (p = 0.05)."),
        (-0.25, 0.049, False, f"{BEYOND}, and not by chance (p = 0.049)."),
    ],
)
def test_a_drop_must_be_larger_than_allowed_and_than_chance(
    value: float, p_worse: float, passed: bool, reason: str
) -> None:
    differences = {"accuracy": Difference(value, value - 0.1, value + 0.1, baseline=0.5, p_worse=p_worse)}
    thresholds = Thresholds(min_accuracy=0.0, min_map_at_3=None, max_accuracy_drop=0.125)
    _, check = judge(OVERALL, {}, differences, thresholds)
    assert (check.kind, check.passed, check.sentence) == ("change", passed, f"accuracy {reason}")
    assert (check.baseline, check.value, check.difference) == (0.5, 0.5 + value, value)


def test_without_a_baseline_no_change_is_checked() -> None:
    checks = judge(OVERALL, {}, None, Thresholds(max_accuracy_drop=0.0, max_map_at_3_drop=0.0))
    assert {check.kind for check in checks} == {"value"}


def test_a_floor_refuses_what_lies_below_it_beyond_chance() -> None:
    recalls = {"ant": Estimate(0.6, 0.5, 0.7), "bee": Estimate(0.4, 0.2, 0.6), "cat": Estimate(0.1, 0.0, 0.3)}
    checks = judge(OVERALL, recalls, None, Thresholds(**{**NOTHING, "min_accuracy": 0.0, "min_word_recall": 0.5}))
    assert {check.word: (check.passed, check.sentence) for check in checks if check.kind == "floor"} == {
        "ant": (True, "recall of 'ant' 0.6000 (0.50 to 0.70) is at least 0.5000."),
        "bee": (True, "recall of 'bee' 0.4000 (0.20 to 0.60) is below, but not beyond chance, 0.5000."),
        "cat": (False, "recall of 'cat' 0.1000 (0.00 to 0.30) is below 0.5000."),
    }

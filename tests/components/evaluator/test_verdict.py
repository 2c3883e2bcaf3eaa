"""What the verdict says in each case is seen on real evaluations in test_executor.py; here its single sentences."""

import pytest

from components.evaluator import verdict


@pytest.mark.parametrize(
    ("value", "threshold", "passed", "sentence"),
    [
        (0.8, 0.8, True, "accuracy 0.8000 is at least 0.8000."),
        (0.79996, 0.8, False, "accuracy 0.8000 is below 0.8000."),
    ],
)
def test_a_value_is_held_against_its_bound(value: float, threshold: float, passed: bool, sentence: str) -> None:
    check = verdict._value_check("sparse_categorical_accuracy", value, threshold)
    assert (check["kind"], check["passed"], check["sentence"]) == ("value", passed, sentence)


@pytest.mark.parametrize(
    ("value", "passed", "sentence"),
    [
        (0.75, True, "accuracy changed by +0.2500, which is within the allowed -0.1250."),
        (0.375, True, "accuracy changed by -0.1250, which is within the allowed -0.1250."),
        (0.25, False, "accuracy changed by -0.2500, which falls beyond the allowed -0.1250."),
    ],
)
def test_a_change_is_held_against_what_is_allowed(value: float, passed: bool, sentence: str) -> None:
    check = verdict._change_check("sparse_categorical_accuracy", value, 0.5, -0.125)
    assert (check["kind"], check["passed"], check["sentence"]) == ("change", passed, sentence)
    assert check["difference"] == value - 0.5


def test_recall_of_each_word_is_its_row_of_the_confusion() -> None:
    confusion = [
        {"actual": "ant", "predicted": "ant", "count": 3},
        {"actual": "ant", "predicted": "sun", "count": 1},
        {"actual": "sun", "predicted": "ant", "count": 2},
    ]
    assert verdict._words(confusion) == {
        "ant": {"examples": 4, "accuracy": 0.75},
        "sun": {"examples": 2, "accuracy": 0.0},
    }

from collections.abc import Callable
from typing import Any

import pytest

from components.evaluator.thresholds import Thresholds

NO_THRESHOLD_BITES = Thresholds(min_accuracy=0.0, min_map_at_3=0.0, max_accuracy_drop=1.0)


def test_first_run_is_judged_by_values_only(evaluate: Callable[..., dict[str, Any]]) -> None:
    verdict = evaluate(NO_THRESHOLD_BITES)
    assert verdict["blessed"]
    assert verdict["examples"] == 3
    assert verdict["baseline_version"] == 0
    assert verdict["baseline_metrics"] is None
    assert verdict["baseline_sentence"] == "no model was serving, so there was nothing to compare with."
    assert [(check["metric"], check["kind"]) for check in verdict["checks"]] == [
        ("accuracy", "value"),
        ("map_at_3", "value"),
    ]
    assert sum(entry["count"] for entry in verdict["confusion"]) == 3
    assert {word: value["examples"] for word, value in verdict["words"].items()} == {"line": 2, "square": 1}


def test_accuracy_is_the_diagonal_of_the_confusion(evaluate: Callable[..., dict[str, Any]]) -> None:
    verdict = evaluate(NO_THRESHOLD_BITES)
    right = sum(entry["count"] for entry in verdict["confusion"] if entry["actual"] == entry["predicted"])
    # TFMA counts in float32.
    assert verdict["metrics"]["accuracy"] == pytest.approx(right / 3, abs=1e-7)
    assert 0 < verdict["metrics"]["map_at_3"] <= 1


def test_too_low_a_value_is_not_blessed_and_says_why(evaluate: Callable[..., dict[str, Any]]) -> None:
    verdict = evaluate(Thresholds(min_accuracy=1.0, min_map_at_3=0.0, max_accuracy_drop=1.0))
    assert not verdict["blessed"]
    accuracy = verdict["checks"][0]
    assert not accuracy["passed"]
    assert accuracy["sentence"] == f"accuracy {verdict['metrics']['accuracy']:.4f} is below 1.0000."


def test_an_equal_baseline_is_compared_on_the_same_drawings(evaluate: Callable[..., dict[str, Any]]) -> None:
    verdict = evaluate(Thresholds(min_accuracy=0.0, min_map_at_3=0.0, max_accuracy_drop=0.0), baseline_version=7)
    assert verdict["blessed"]
    assert verdict["baseline_version"] == 7
    assert verdict["baseline_metrics"] == verdict["metrics"]
    change = verdict["checks"][1]
    assert (change["kind"], change["difference"], change["passed"]) == ("change", 0.0, True)


def test_a_baseline_of_other_words_is_named_but_not_compared(evaluate: Callable[..., dict[str, Any]]) -> None:
    verdict = evaluate(NO_THRESHOLD_BITES, baseline_version=7, baseline_labels=["ant", "line", "square"])
    assert verdict["baseline_metrics"] is None
    assert verdict["baseline_sentence"] == "version 7 was serving with other words, so it was not compared."
    assert [check["kind"] for check in verdict["checks"]] == ["value", "value"]

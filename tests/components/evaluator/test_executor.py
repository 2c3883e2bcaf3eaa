"""The gate, driven by models whose every answer is known."""

import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest
import tensorflow_model_analysis as tfma
from tfx.types import standard_artifacts

from components.evaluator.executor import NothingToJudgeByError
from components.evaluator.thresholds import Thresholds
from tests.components.doodles import write_records
from tests.components.evaluator.answering_models import write_model
from tests.components.evaluator.conftest import Evaluate, artifact, half_deleted, judge, without_labels

RIGHT, WRONG = True, False
LENIENT = Thresholds(min_accuracy=0.0, min_map_at_3=None, max_accuracy_drop=0.01)


def failed(verdict: dict[str, Any]) -> list[str]:
    return [check["sentence"] for check in verdict["checks"] if not check["passed"]]


def test_a_good_first_model_is_judged_by_values_only(evaluate: Evaluate) -> None:
    verdict = evaluate(Thresholds(min_accuracy=0.8, min_map_at_3=0.8), [RIGHT] * 9 + [WRONG])
    assert verdict["blessed"]
    assert verdict["examples"] == 10
    assert verdict["baseline_version"] == 0
    assert verdict["differences"] is None
    assert (
        verdict["baseline_sentence"]
        == "no model was serving, so there was nothing to compare with: a first model is judged by values only."
    )
    assert [check["sentence"] for check in verdict["checks"]] == [
        "accuracy 0.9000 is at least 0.8000.",
        "MAP@3 0.9500 is at least 0.8000.",
    ]
    assert verdict["advice"] == ""


def test_a_model_below_a_threshold_is_refused_with_the_reason_and_what_to_do(evaluate: Evaluate) -> None:
    verdict = evaluate(Thresholds(min_accuracy=0.8, min_map_at_3=None), [RIGHT] * 7 + [WRONG] * 3)
    assert not verdict["blessed"]
    assert failed(verdict) == ["accuracy 0.7000 is below 0.8000."]
    assert "--epochs" in verdict["advice"]


def test_a_model_worse_than_the_one_that_serves_is_refused(evaluate: Evaluate) -> None:
    verdict = evaluate(LENIENT, candidate=[WRONG] * 6 + [RIGHT] * 6, baseline=[RIGHT] * 12)
    assert not verdict["blessed"]
    # Six drawings that only the baseline got right, none the other way: one in 2^6.
    assert failed(verdict) == [
        "accuracy changed by -0.5000, beyond the allowed drop of 0.0100, and not by chance (p = 0.016)."
    ]
    assert verdict["differences"]["accuracy"]["baseline"] == 1.0
    assert "Version 7 goes on serving" in verdict["advice"]


def test_a_drop_that_chance_explains_is_let_through_and_said(evaluate: Evaluate) -> None:
    candidate = [WRONG, WRONG, RIGHT, *[RIGHT] * 9]
    baseline = [RIGHT, RIGHT, WRONG, *[RIGHT] * 9]
    verdict = evaluate(LENIENT, candidate, baseline)
    assert verdict["blessed"]
    # Of three drawings that the two disagree on, the baseline got two or more right: (3 + 1) / 2^3.
    assert verdict["checks"][1]["sentence"] == (
        "accuracy changed by -0.0833, beyond the allowed drop of 0.0100, but chance explains it (p = 0.5)."
    )


def test_an_equal_model_passes_with_no_drop_allowed(evaluate: Evaluate) -> None:
    answers = [RIGHT, WRONG, RIGHT]
    verdict = evaluate(Thresholds(min_accuracy=0.0, min_map_at_3=None, max_accuracy_drop=0.0), answers, answers)
    assert verdict["blessed"]
    assert verdict["differences"]["accuracy"]["baseline"] == verdict["metrics"]["accuracy"]
    change = verdict["checks"][1]
    assert (change["kind"], change["difference"], change["passed"]) == ("change", 0.0, True)
    assert verdict["baseline_sentence"] == "compared with version 7 on the same 3 drawings."


def test_a_model_without_a_word_is_compared_on_the_words_that_both_know(evaluate: Evaluate) -> None:
    verdict = evaluate(LENIENT, [RIGHT] * 6, [WRONG, RIGHT, WRONG] * 2, labels=["ant", "bee"])
    # The drawings of cats are wrong for a model without cats; against the baseline they do not count.
    assert verdict["metrics"]["accuracy"] == pytest.approx(4 / 6)
    assert verdict["differences"]["accuracy"]["baseline"] == pytest.approx(1 / 2)
    assert verdict["checks"][1]["value"] == 1.0
    assert verdict["baseline_sentence"] == (
        "compared with version 7 on the 4 drawings of the 2 words that both know, out of 2 now and 3 then."
    )


def test_a_model_of_other_words_is_not_compared(evaluate: Evaluate) -> None:
    verdict = evaluate(LENIENT, [RIGHT] * 3, [RIGHT] * 3, baseline_labels=["dog", "cat", "fox"])
    assert verdict["blessed"]
    assert verdict["differences"] is None
    assert verdict["baseline_sentence"] == (
        "version 7 was serving, but the two models do not know two words in common; so it was not compared."
    )


@pytest.mark.parametrize(
    ("spoil", "reason"), [(half_deleted, "variables"), (without_labels, "labels.txt")], ids=["half deleted", "foreign"]
)
def test_a_broken_baseline_is_named_and_a_good_model_may_replace_it(
    evaluate: Evaluate, spoil: Callable[[pathlib.Path], None], reason: str
) -> None:
    verdict = evaluate(LENIENT, [RIGHT] * 3, [RIGHT] * 3, spoil=spoil)
    assert verdict["blessed"]
    assert verdict["baseline_version"] == 7
    assert verdict["baseline_sentence"].startswith("version 7 was serving, but it does not load (")
    assert reason in verdict["baseline_sentence"]


def test_a_word_below_its_floor_refuses_the_model(evaluate: Evaluate) -> None:
    floor = Thresholds(min_accuracy=0.5, min_map_at_3=None, min_word_recall=0.5)
    verdict = evaluate(floor, [RIGHT, RIGHT, WRONG] * 5)
    assert not verdict["blessed"]
    assert failed(verdict) == ["recall of 'cat' 0.0000 (0.00 to 0.43) is below 0.5000."]
    assert "Look at 'cat' in the report" in verdict["advice"]


def test_tfma_loads_the_result_with_slices_and_baseline(evaluate: Evaluate, tmp_path: pathlib.Path) -> None:
    evaluate(LENIENT, [RIGHT, WRONG, WRONG, RIGHT], [RIGHT] * 4)
    candidate, baseline = (
        tfma.load_eval_result(str(tmp_path / "evaluation"), model_name=name) for name in ("candidate", "baseline")
    )
    overall, bees = candidate.get_metrics_for_slice(), candidate.get_metrics_for_slice((("word", "bee"),))
    assert overall["map_at_3"]["boundedValue"]["value"] == pytest.approx(2 / 3)
    assert overall["map_at_3"]["boundedValue"]["lowerBound"] < 2 / 3
    assert bees["sparse_categorical_accuracy"]["boundedValue"]["value"] == 0.0
    assert candidate.get_metrics_for_slice((("countrycode", "DE"),))["example_count"]["doubleValue"] == 4.0
    assert baseline.get_metrics_for_slice()["map_at_3"]["doubleValue"] == 1.0


def test_the_evaluation_tells_words_pairs_and_drawings(evaluate: Evaluate, tmp_path: pathlib.Path) -> None:
    evaluate(LENIENT, [RIGHT, WRONG, RIGHT])
    evaluation = json.loads((tmp_path / "evaluation" / "evaluation.json").read_text())
    assert evaluation["words"] == [
        {"word": "ant", "examples": 1, "recall": 1.0, "precision": 1.0},
        {"word": "bee", "examples": 1, "recall": 0.0, "precision": None},
        {"word": "cat", "examples": 1, "recall": 1.0, "precision": 0.5},
    ]
    assert {"actual": "bee", "predicted": "cat", "count": 1} in evaluation["confusion"]
    (wrong,) = evaluation["confidently_wrong"]
    assert (wrong["key_id"], wrong["word"], wrong["predicted"], wrong["confidence"]) == ("1", "bee", "cat", 0.75)
    assert evaluation["mistakes"] == [wrong]


def test_an_empty_test_split_judges_nobody(tmp_path: pathlib.Path) -> None:
    examples = artifact(standard_artifacts.Examples, tmp_path / "examples")
    examples.split_names = '["test"]'
    write_records(tmp_path / "examples" / "Split-test" / "data-00000-of-00001.gz", [])
    model = artifact(standard_artifacts.Model, tmp_path / "model")
    write_model(tmp_path / "model" / "Format-Serving", ["ant", "bee"], {"[]": [0.5, 0.5]})
    baseline = artifact(standard_artifacts.Model, tmp_path / "baseline")
    inputs = {"examples": [examples], "model": [model], "baseline_model": [baseline]}
    with pytest.raises(NothingToJudgeByError, match="no drawing is in the test split"):
        judge(inputs, tmp_path, LENIENT)

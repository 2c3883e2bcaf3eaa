import pathlib

import pytest

from components.evaluator.judged_models import read_judged_model, shared_words, why_unusable
from tests.components.evaluator.answering_models import drawing, write_model
from tests.components.evaluator.conftest import half_deleted, without_labels


@pytest.fixture
def model(tmp_path: pathlib.Path) -> pathlib.Path:
    write_model(tmp_path / "model", ["ant", "bee"], {drawing(0): [0.5, 0.5]})
    return tmp_path / "model"


def test_a_whole_model_is_usable(model: pathlib.Path) -> None:
    assert why_unusable(model) == ""
    assert read_judged_model(str(model)).labels == ("ant", "bee")


def test_damage_is_said_in_one_line(model: pathlib.Path) -> None:
    (model / "assets.extra" / "labels.txt").write_text("ant\nbee\ncat\n")
    assert why_unusable(model) == "it answers 2 probabilities for 3 labels"
    half_deleted(model)
    reason = why_unusable(model)
    assert reason.startswith("it does not load (")
    assert "\n" not in reason
    without_labels(model)
    assert "labels.txt" in why_unusable(model)


def test_shared_words_are_found_by_name() -> None:
    shared = shared_words(["ant", "bee", "cat"], ["cat", "dog", "ant"])
    assert shared.words == ("ant", "cat")
    assert shared.candidate_ids.tolist() == [0, 2]
    assert shared.baseline_ids.tolist() == [2, 0]
    assert shared_words(["ant"], ["bee"]).words == ()

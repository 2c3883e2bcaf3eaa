import json

import pytest

from components.errors import UsageError
from components.evaluator.thresholds import Thresholds, thresholds_from_dict


@pytest.mark.parametrize("field", ["min_accuracy", "min_map_at_3", "max_accuracy_drop", "significance", "max_ece"])
def test_refuses_a_threshold_outside_0_to_1(field: str) -> None:
    with pytest.raises(UsageError, match=rf"the threshold {field} must be in 0\.\.1, not 80"):
        Thresholds(**{field: 80})


def test_a_loss_may_be_large_but_not_negative() -> None:
    assert Thresholds(max_loss=3.5).max_loss == 3.5
    with pytest.raises(UsageError, match="the threshold max_loss must be 0 or more, not -1"):
        Thresholds(max_loss=-1)


@pytest.mark.parametrize("values", [{}, {"max_accuracy_drop": 0.1}, {"min_word_recall": 0.2, "min_accuracy": None}])
def test_a_gate_that_bounds_no_value_is_refused(values: dict[str, float | None]) -> None:
    with pytest.raises(UsageError, match="the thresholds bound no value, so any first model would be pushed; set one"):
        thresholds_from_dict(values)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"min_accurracy": 0.5}, "there is no threshold 'min_accurracy'; there are min_accuracy, "),
        ({"min_accuracy": "high"}, 'the threshold min_accuracy must be a number, not "high"'),
        ({"min_accuracy": True}, "the threshold min_accuracy must be a number, not true"),
        ({"min_accuracy": 0.5, "significance": None}, "the threshold significance must be a number, not null"),
        ({"min_accuracy": float("nan")}, "the threshold min_accuracy must be in 0..1, not nan"),
    ],
)
def test_a_mistake_is_named(values: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError) as error:
        thresholds_from_dict(values)
    assert message in str(error.value)


def test_what_is_not_named_is_left_out() -> None:
    thresholds = thresholds_from_dict({"min_accuracy": 0.7})
    assert (thresholds.min_accuracy, thresholds.min_map_at_3, thresholds.significance) == (0.7, None, 0.05)


def test_thresholds_survive_json() -> None:
    thresholds = Thresholds(max_loss=2.5, min_word_recall=0.25)
    assert thresholds_from_dict(json.loads(json.dumps(thresholds.to_dict()))) == thresholds

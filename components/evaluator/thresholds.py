"""What a model must reach to be served."""

import dataclasses
import json
from typing import Any

from components.errors import UsageError

# Threshold -> the metric that it bounds.
LEAST_VALUES = {"min_accuracy": "accuracy", "min_top_3_accuracy": "top_3_accuracy", "min_map_at_3": "map_at_3"}
MOST_VALUES = {"max_loss": "loss", "max_ece": "ece"}
MOST_DROPS = {"max_accuracy_drop": "accuracy", "max_map_at_3_drop": "map_at_3"}
# Threshold -> its highest value and the range in words, if that is not 0..1.
_RANGES = {"max_loss": (float("inf"), "0 or more")}


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """The gate between a trained model and the served one; None leaves a threshold out.

    Attributes:
        min_accuracy: least top-1 accuracy on the test split, in 0..1.
        min_top_3_accuracy: least share of drawings whose word is among the first three answers, in 0..1.
        min_map_at_3: least MAP@3, in 0..1.
        max_loss: highest cross-entropy, in nats.
        max_ece: highest expected calibration error, in 0..1.
        max_accuracy_drop: how much lower than the served model's the accuracy may be, on the same drawings.
        max_map_at_3_drop: the same for MAP@3.
        significance: a larger drop is refused if chance makes such a one more rarely than this, in 0..1. 1 refuses
            every larger drop.
        min_word_recall: floor for the recall of each word, in 0..1; refused if the whole 95 % interval lies below.
    """

    min_accuracy: float | None = 0.5
    min_top_3_accuracy: float | None = None
    min_map_at_3: float | None = 0.5
    max_loss: float | None = None
    max_ece: float | None = None
    max_accuracy_drop: float | None = 0.01
    max_map_at_3_drop: float | None = None
    significance: float = 0.05
    min_word_recall: float | None = None

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            if value is None and name != "significance":
                continue
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise UsageError(f"the threshold {name} must be a number, not {json.dumps(value)}.")
            highest, in_words = _RANGES.get(name, (1.0, "in 0..1"))
            if not 0.0 <= value <= highest:
                raise UsageError(f"the threshold {name} must be {in_words}, not {value}.")
        if all(getattr(self, name) is None for name in (*LEAST_VALUES, *MOST_VALUES)):
            raise UsageError(
                "the thresholds bound no value, so any first model would be pushed; "
                f"set one of {', '.join((*LEAST_VALUES, *MOST_VALUES))}."
            )

    def to_dict(self) -> dict[str, Any]:
        """Returns JSON values that `thresholds_from_dict` reads."""
        return dataclasses.asdict(self)


def thresholds_from_dict(values: dict[str, Any]) -> Thresholds:
    """Reads thresholds; what is not named is left out, the significance apart.

    Args:
        values: names and values of `Thresholds`.

    Raises:
        UsageError: there is no such threshold, a value is out of range, or nothing bounds a value.
    """
    names = [field.name for field in dataclasses.fields(Thresholds)]
    for name in values:
        if name not in names:
            raise UsageError(f"there is no threshold '{name}'; there are {', '.join(names)}.")
    absent = {name: None for name in names if name != "significance"}
    return Thresholds(**{**absent, **values})

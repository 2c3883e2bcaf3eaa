"""What a model must reach to be served."""

import dataclasses

from components.errors import UsageError


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """The gate between a trained model and the served one.

    Attributes:
        min_accuracy: least top-1 accuracy on the test split, in 0..1.
        min_map_at_3: least MAP@3 on the test split, in 0..1.
        max_accuracy_drop: how much lower than the served model's the accuracy may be, on the same drawings.
    """

    min_accuracy: float = 0.5
    min_map_at_3: float = 0.5
    max_accuracy_drop: float = 0.01

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            if not 0.0 <= getattr(self, field.name) <= 1.0:
                raise UsageError(f"the threshold {field.name} must be in 0..1, not {getattr(self, field.name)}.")

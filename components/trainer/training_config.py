"""What defines one training, as plain values that travel through a component's `custom_config`."""

import dataclasses
from typing import Any

from components.errors import UsageError


@dataclasses.dataclass(frozen=True)
class TrainingConfig:
    """One training of one network.

    Attributes:
        network: name of a function in `components.trainer.networks`.
        optimizer: Keras identifier, for example "rmsprop".
        learning_rate: the optimizer's step size.
        batch_size: drawings a step.
        epochs: passes over the train split, at most.
        patience: epochs without a better validation loss after which training stops.
        seed: seed of weights, dropout and shuffling.
        image_style: raster style, see `components.transform.rasterizer`.
        image_size: pixels along one side of the image.
    """

    network: str = "notebook"
    optimizer: str = "adam"
    learning_rate: float = 1e-3
    batch_size: int = 100
    epochs: int = 10
    patience: int = 5
    seed: int = 1
    image_style: str = "notebook"
    image_size: int = 32

    def __post_init__(self) -> None:
        for field in ("batch_size", "epochs", "patience", "learning_rate"):
            if getattr(self, field) <= 0:
                raise UsageError(f"training needs a {field} above zero, not {getattr(self, field)}.")

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, for a component's `custom_config`."""
        return dataclasses.asdict(self)

"""What defines one training, as plain values that travel through a component's `custom_config`."""

import dataclasses
from typing import Any

from components.errors import UsageError
from components.transform.features import IMAGE, PACKED_STROKES

SCHEDULES = ("constant", "cosine")


@dataclasses.dataclass(frozen=True)
class Augmentation:
    """How far a drawing may be varied while training; zero leaves a property as it is.

    Attributes:
        rotation: degrees, to either side.
        scale: share by which width and height, each by itself, may shrink; they may grow by half of it.
        shear: share of the height by which the top may be moved sideways against the bottom.
        shift: drawing units (of 256), in each direction.
        flip: probability of a mirror image, left to right.
        drop_stroke: probability with which a stroke that holds less than a third of the points is left out.
        bend: height of the longer of two waves that are laid over the drawing, drawing units; the other has half of it.
    """

    rotation: float = 0.0
    scale: float = 0.0
    shear: float = 0.0
    shift: float = 0.0
    flip: float = 0.0
    drop_stroke: float = 0.0
    bend: float = 0.0

    def __post_init__(self) -> None:
        for name, value in dataclasses.asdict(self).items():
            if value < 0:
                raise UsageError(f"augmentation needs a {name} of at least zero, not {value}.")
        for name in ("scale", "flip", "drop_stroke"):
            if getattr(self, name) > 1:
                raise UsageError(f"augmentation needs a {name} of at most one, not {getattr(self, name)}.")


@dataclasses.dataclass(frozen=True)
class TrainingConfig:
    """One training of one network.

    Attributes:
        network: a name that `components.trainer.networks.build` knows.
        optimizer: Keras identifier, for example "rmsprop".
        learning_rate: the optimizer's largest step size.
        schedule: "constant", or "cosine": a linear rise over `warmup_epochs`, then half a cosine down to zero at the
            end of the last epoch.
        warmup_epochs: length of that rise; may be a fraction.
        weight_decay: share of each weight that a step of the learning rate 1 would take away, as in AdamW.
        label_smoothing: probability that the training takes from the true word and spreads over all.
        batch_size: drawings a step.
        epochs: passes over the train split, at most.
        patience: epochs without a better validation loss after which training stops.
        seed: seed of weights, dropout, shuffling and augmentation.
        mixed_precision: whether layers compute in bfloat16; weights, loss and what is served stay float32.
        augmentation: how drawings are varied while training; None for not at all.
        image_style: raster style, see `components.transform.rasterizer`.
        image_size: pixels along one side of the image.
        inverted: whether ink is 1 on paper 0 for the network, as the zeros that pad a convolution's edges suggest, or
            as in the notebook 0 on 1.
        centred: whether each drawing is moved to the middle of its image; the data set has it in the top left corner.
        time_slices: images of one drawing, each of a part of its ink, in the order of drawing.
        sequence_length: points that the network reads one by one; 0 if it sees images only.
        test_time_flip: whether the served answer is the mean of those to a drawing and to its mirror image; what is
            measured while training is not.
    """

    network: str = "notebook"
    optimizer: str = "adam"
    learning_rate: float = 1e-3
    schedule: str = "constant"
    warmup_epochs: float = 0.0
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    batch_size: int = 100
    epochs: int = 10
    patience: int = 5
    seed: int = 1
    mixed_precision: bool = False
    augmentation: Augmentation | None = None
    image_style: str = "notebook"
    image_size: int = 32
    inverted: bool = False
    centred: bool = False
    time_slices: int = 1
    sequence_length: int = 0
    test_time_flip: bool = False

    def __post_init__(self) -> None:
        for field in ("batch_size", "epochs", "patience", "learning_rate"):
            if getattr(self, field) <= 0:
                raise UsageError(f"training needs a {field} above zero, not {getattr(self, field)}.")
        for field in ("warmup_epochs", "weight_decay", "label_smoothing"):
            if getattr(self, field) < 0:
                raise UsageError(f"training needs a {field} of at least zero, not {getattr(self, field)}.")
        if self.label_smoothing >= 1:
            raise UsageError(f"training needs a label_smoothing below one, not {self.label_smoothing}.")
        if self.time_slices < 1 or self.sequence_length < 0:
            raise UsageError("training needs at least one time slice, and a sequence_length of at least zero.")
        if (self.augmentation or self.centred) and self.image_style == "notebook":
            raise UsageError("style notebook draws whole coordinates only; vary or centre drawings in another style.")
        if self.test_time_flip and not self.centred:
            raise UsageError("only centred drawings can be mirrored; test_time_flip needs centred.")
        if self.schedule not in SCHEDULES:
            raise UsageError(f"there is no schedule '{self.schedule}'; the schedules are: {', '.join(SCHEDULES)}.")

    @property
    def transformed_feature(self) -> str:
        """What Transform has to make of a drawing: its image, or its strokes where the image alone would not do."""
        is_image_enough = not (self.augmentation or self.centred or self.sequence_length) and self.time_slices == 1
        return IMAGE if is_image_enough else PACKED_STROKES

    @property
    def transform_properties(self) -> dict[str, Any]:
        """What Transform is asked for; trainings that draw for themselves share one result, whatever they draw."""
        feature = self.transformed_feature
        style, size = (self.image_style, self.image_size) if feature == IMAGE else ("", 0)
        return {"feature": feature, "image_style": style, "image_size": size}

    @property
    def dtype_policy(self) -> str:
        """Keras' name for what the layers compute in while they train."""
        return "mixed_bfloat16" if self.mixed_precision else "float32"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values, for a component's `custom_config`."""
        return dataclasses.asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "TrainingConfig":
        """Undoes `to_dict`."""
        augmentation = values["augmentation"]
        return cls(**{**values, "augmentation": augmentation and Augmentation(**augmentation)})

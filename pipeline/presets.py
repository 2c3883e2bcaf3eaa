"""Presets: what to train and what it must reach, by name.

Each docstring tells its use, the command, and what it gave on 2 shared x86-64 cores. Accuracy and MAP@3 are of the test
split, a tenth of the drawings by hash of `key_id`, which no training sees. TEN stands for the notebook's job on real
drawings: `--per-word 500` and
`--words "airplane,alarm clock,ambulance,angel,animal migration,ant,anvil,apple,arm,asparagus"`.
"""

import dataclasses
from collections.abc import Callable

from components.errors import UsageError
from components.evaluator.thresholds import Thresholds
from components.trainer.training_config import Augmentation, TrainingConfig


@dataclasses.dataclass(frozen=True)
class Preset:
    """Training and gate that belong together.

    Attributes:
        training: network, optimizer, schedule, raster.
        thresholds: what the model must reach to be pushed.
        per_word: drawings a word where the user names no number; None for all.
    """

    training: TrainingConfig
    thresholds: Thresholds
    per_word: int | None


# As far as another hand, or the same hand another time, might have drawn the thing.
_VARIED = Augmentation(rotation=12, scale=0.2, shear=0.15, shift=12, flip=0.5, drop_stroke=0.1, bend=9)
# What every preset that is after accuracy has in common.
_TUNED = TrainingConfig(
    optimizer="adamw",
    schedule="cosine",
    weight_decay=0.05,
    label_smoothing=0.1,
    augmentation=_VARIED,
    image_style="antialiased",
    inverted=True,
    centred=True,
)
# Of those, the ones whose network also reads the points.
_SKETCH = dataclasses.replace(_TUNED, mixed_precision=True, image_size=48, sequence_length=96, network="small_sketch")


def demo() -> Preset:
    """Small and quick, on any data.

    `make demo` (5 drawn words, 300 rows each): accuracy 1.000 on 157 drawings, MAP@3 1.000, 74 s for the whole run.
    """
    return Preset(
        training=TrainingConfig(optimizer="adam", learning_rate=1e-3, batch_size=50, epochs=15, patience=5),
        thresholds=Thresholds(min_accuracy=0.6, min_map_at_3=0.7),
        per_word=1_000,
    )


def notebook() -> Preset:
    """The notebook's training: RMSprop 2e-5, batch 500, up to 200 epochs, patience 100.

    The notebook began each session with the weights of the one before; from fresh weights the same 200 epochs are some
    1,400 small steps. `quickdraw run --preset notebook` TEN, 3,026 drawings to learn from: accuracy 0.411 on 367
    drawings, MAP@3 0.555, 4.3 CPU minutes. `notebook_tuned` gets more out of the same network.
    """
    return Preset(
        training=TrainingConfig(optimizer="rmsprop", learning_rate=2e-5, batch_size=500, epochs=200, patience=100),
        thresholds=Thresholds(min_accuracy=0.25, min_map_at_3=0.35),
        per_word=500,
    )


def notebook_tuned() -> Preset:
    """The notebook's network as it can be: soft-edged and varied strokes, ink as 1, an optimizer that suits it.

    `quickdraw run --preset notebook_tuned` TEN, 3,026 drawings to learn from: accuracy 0.946 on 367 drawings, MAP@3
    0.966, 3.3 CPU minutes. Without varied strokes, with 50 epochs: 0.913 and 0.939.
    """
    return Preset(
        training=dataclasses.replace(
            _TUNED, learning_rate=2e-3, warmup_epochs=2.5, batch_size=64, epochs=100, patience=100
        ),
        thresholds=Thresholds(min_accuracy=0.85, min_map_at_3=0.9),
        per_word=500,
    )


def ten() -> Preset:
    """A small network that sees the image and the way the pen went, for about ten words and a few minutes.

    `quickdraw run --preset ten` TEN, 3,026 drawings to learn from: accuracy 0.973 on 367 drawings, MAP@3 0.983.
    """
    return Preset(
        training=dataclasses.replace(
            _SKETCH, learning_rate=3e-3, warmup_epochs=2, batch_size=64, epochs=60, patience=60
        ),
        thresholds=Thresholds(min_accuracy=0.85, min_map_at_3=0.9),
        per_word=None,
    )


def full() -> Preset:
    """A compact network that sees the image and the way the pen went, for every word and every row.

    `quickdraw run --preset full`, 345 words, 111,814 drawings to learn from: accuracy 0.774 on 13,850 drawings, MAP@3
    0.839, 138 CPU minutes, which are 69 minutes of two cores.
    """
    return Preset(
        training=dataclasses.replace(
            _SKETCH,
            network="sketch",
            learning_rate=2e-3,
            warmup_epochs=1,
            batch_size=128,
            epochs=48,
            patience=48,
            augmentation=dataclasses.replace(_VARIED, bend=6),
            time_slices=3,
            test_time_flip=True,
        ),
        thresholds=Thresholds(min_accuracy=0.5, min_map_at_3=0.6),
        per_word=None,
    )


_PRESETS: dict[str, Callable[[], Preset]] = {
    "demo": demo,
    "notebook": notebook,
    "notebook_tuned": notebook_tuned,
    "ten": ten,
    "full": full,
}


def preset_names() -> list[str]:
    """The names that `get_preset` knows."""
    return list(_PRESETS)


def get_preset(name: str) -> Preset:
    """Looks a preset up.

    Args:
        name: one of `preset_names()`.

    Returns:
        The preset.

    Raises:
        UsageError: there is no preset of that name.
    """
    if name not in _PRESETS:
        raise UsageError(f"there is no preset '{name}'; the presets are: {', '.join(_PRESETS)}.")
    return _PRESETS[name]()

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
from components.trainer.training_config import TrainingConfig


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
    1,400 small steps. `quickdraw run --preset notebook` TEN, 3,026 drawings to learn from: accuracy 0.417 on 367
    drawings, MAP@3 0.562, 9 to 11 minutes. `ten` gets more out of the same network.
    """
    return Preset(
        training=TrainingConfig(optimizer="rmsprop", learning_rate=2e-5, batch_size=500, epochs=200, patience=100),
        thresholds=Thresholds(min_accuracy=0.25, min_map_at_3=0.35),
        per_word=500,
    )


def ten() -> Preset:
    """The notebook's network with an optimizer that suits it, for about ten words.

    `quickdraw run --preset ten` TEN, 3,026 drawings to learn from: accuracy 0.798 on 367 drawings, MAP@3 0.869, 3
    minutes.
    """
    return Preset(
        training=TrainingConfig(optimizer="adam", learning_rate=1e-3, batch_size=100, epochs=60, patience=15),
        thresholds=Thresholds(min_accuracy=0.75, min_map_at_3=0.8),
        per_word=None,
    )


def full() -> Preset:
    """The notebook's network on every word and every row.

    `quickdraw run --preset full --epochs 6`, 345 words, 139,575 drawings: accuracy 0.238 on 13,850 drawings, MAP@3
    0.314, 375 s.
    """
    return Preset(
        training=TrainingConfig(optimizer="adam", learning_rate=1e-3, batch_size=500, epochs=12, patience=3),
        thresholds=Thresholds(min_accuracy=0.2, min_map_at_3=0.25),
        per_word=None,
    )


_PRESETS: dict[str, Callable[[], Preset]] = {"demo": demo, "notebook": notebook, "ten": ten, "full": full}


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

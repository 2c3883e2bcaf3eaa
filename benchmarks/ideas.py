"""Claim: what each part of a preset is worth, on the eval split.

Usage: python -m benchmarks.ideas --preset ten [--data DIR] [--words a,b | --num-words N] [--epochs N] [--only NAME ...]

Trains the preset, and then the preset with one change at a time; prints parameters, CPU minutes, top-1 accuracy and
MAP@3 of the best epoch's weights on the eval split, with 95 % bootstrap intervals, a row as soon as it is known.
The test split is never looked at.
"""

import argparse
import dataclasses
import pathlib
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from benchmarks.stages import REAL_DATA, in_process, ingest
from benchmarks.training import open_training, transform
from components.errors import UsageError
from components.trainer.training_config import Augmentation, TrainingConfig
from pipeline.presets import get_preset

AFFINE = Augmentation(rotation=12, scale=0.2, shear=0.15, shift=12, flip=0.5)


def changes(config: TrainingConfig) -> dict[str, TrainingConfig]:
    """The preset, and what it becomes when one idea is taken from it or added to it."""
    ideas: dict[str, Mapping[str, Any]] = {
        "the preset": {},
        "no augmentation": {"augmentation": None},
        **_with_less_augmentation(config),
        "another number of images": {"time_slices": 1 if config.time_slices > 1 else 3},
        "32 pixels": {"image_size": 32},
        "64 pixels": {"image_size": 64},
        "style notebook": {"image_style": "notebook"},
        "ink 0 on paper 1": {"inverted": False},
        "not centred": {"centred": False, "test_time_flip": False},
        "no label smoothing": {"label_smoothing": 0.0},
        "no weight decay": {"weight_decay": 0.0},
        "constant learning rate": {"schedule": "constant"},
        "float32": {"mixed_precision": False},
    }
    if config.network.endswith("sketch"):
        ideas["no points, image only"] = {
            "network": config.network.replace("sketch", "residual"),
            "sequence_length": 0,
        }
        ideas["the other size of network"] = {
            "network": "sketch" if config.network == "small_sketch" else "small_sketch"
        }
    changed = {name: _replace(config, fields) for name, fields in ideas.items()}
    return {name: it for name, it in changed.items() if it is not None and (it != config or name == "the preset")}


def _with_less_augmentation(config: TrainingConfig) -> dict[str, Mapping[str, Any]]:
    augmentation = config.augmentation
    if augmentation is None:
        return {"flip and affine augmentation": {"image_style": "antialiased", "augmentation": AFFINE}}
    used = [name for name, value in dataclasses.asdict(augmentation).items() if value]
    return {f"no {name}": {"augmentation": dataclasses.replace(augmentation, **{name: 0.0})} for name in used}


def _replace(config: TrainingConfig, fields: Mapping[str, Any]) -> TrainingConfig | None:
    try:
        return dataclasses.replace(config, **fields)
    except UsageError:
        # What does not go together with the rest of the preset is no idea for it.
        return None


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", required=True)
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--words", default="")
    parser.add_argument("--num-words", type=int, default=None)
    parser.add_argument("--epochs", type=int, default=None)
    parser.add_argument("--only", nargs="*", default=None, help="names of the changes to try; default: all")
    options = parser.parse_args()
    config = get_preset(options.preset).training
    if options.epochs is not None:
        config = dataclasses.replace(config, epochs=options.epochs)
    ideas = changes(config)
    for name in options.only or ():
        if name not in ideas:
            parser.error(f"there is no change '{name}'; there are: {', '.join(ideas)}")
    if options.only:
        ideas = {name: ideas[name] for name in options.only}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        words = [word.strip() for word in options.words.split(",") if word.strip()]
        in_process(ingest, str(options.data), options.num_words, root, words)
        print("| change | parameters | CPU minutes | top-1 | MAP@3 |\n|---|---|---|---|---|", flush=True)
        for name, changed in ideas.items():
            in_process(try_idea, root, name, changed)


def try_idea(root: pathlib.Path, name: str, config: TrainingConfig) -> None:
    """Transforms, trains and prints a row."""
    import keras
    import numpy as np

    from benchmarks.scores import score
    from components.trainer.fit import fit
    from components.trainer.training_state import StateFile, TrainingState

    folder = root / name.replace(" ", "_")
    transform(root / "examples", folder, config)
    keras.utils.set_random_seed(config.seed)
    network, data = open_training(folder, config)
    started = time.process_time()
    fit(network, config, data, TrainingState(), StateFile(str(folder / "state")), str(folder / "run"))
    minutes = (time.process_time() - started) / 60
    classes = np.concatenate([np.argmax(one_hot, axis=1) for _, one_hot in data.evaluation])
    accuracy, map_at_3 = score(network.predict(data.evaluation, verbose=0), classes)
    print(f"| {name} | {network.count_params():,} | {minutes:.1f} | {accuracy} | {map_at_3} |", flush=True)


if __name__ == "__main__":
    main()

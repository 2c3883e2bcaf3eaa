"""Claim: what each part of a preset is worth, on the eval split.

Usage: python -m benchmarks.ideas --preset ten [--data DIR] [--words a,b | --num-words N] [--epochs N] [--only NAME ...]

Trains the preset, and then the preset with one change at a time; prints parameters, CPU minutes, top-1 accuracy and
MAP@3 of the last epoch's best weights on the eval split, with 95 % bootstrap intervals, a row as soon as it is known.
The test split is never looked at.
"""

import argparse
import dataclasses
import pathlib
import tempfile
import time
from collections.abc import Mapping
from typing import Any

from benchmarks.stages import REAL_DATA, examples_artifact, executor, in_process
from benchmarks.transform import outputs
from components.trainer.training_config import Augmentation, TrainingConfig
from pipeline.presets import get_preset


def changes(config: TrainingConfig) -> dict[str, Mapping[str, Any]]:
    """The ideas that can be taken away from, or added to, a preset: name -> fields of the configuration."""
    augmentation = config.augmentation or Augmentation()
    without = {
        f"no {name}": {"augmentation": dataclasses.replace(augmentation, **{name: 0.0})}
        for name, value in dataclasses.asdict(augmentation).items()
        if value
    }
    small = config.network == "small_sketch"
    return {
        "the preset": {},
        "no augmentation at all": {"augmentation": None},
        **without,
        "image only": {"network": "small_residual" if small else "residual", "sequence_length": 0},
        "one image" if config.time_slices > 1 else "three time slices": {
            "time_slices": 1 if config.time_slices > 1 else 3
        },
        "32 pixels": {"image_size": 32},
        "64 pixels": {"image_size": 64},
        "not centred": {"centred": False, "mirrored_answers": False},
        "no label smoothing": {"label_smoothing": 0.0},
        "no weight decay": {"weight_decay": 0.0},
        "constant learning rate": {"schedule": "constant", "learning_rate": 1e-3},
        "float32": {"mixed_precision": False},
        "the other size of network": {"network": "sketch" if small else "small_sketch"},
    }


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
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        in_process(_ingest, str(options.data), options.words, options.num_words, root)
        print("| change | parameters | CPU minutes | top-1 | MAP@3 |\n|---|---|---|---|---|", flush=True)
        for name, fields in changes(config).items():
            if options.only is None or name in options.only:
                in_process(try_idea, root, name, dataclasses.replace(config, **fields))


def _ingest(data: str, words: str, num_words: int | None, root: pathlib.Path) -> None:
    from benchmarks.stages import artifact
    from components.example_gen.component import DrawingExampleGen
    from components.example_gen.executor import Executor
    from pipeline.pipeline import INGEST_BEAM_ARGS

    chosen = [word.strip() for word in words.split(",") if word.strip()] or None
    node = DrawingExampleGen(data_dir=data, quarantine_dir=str(root / "quarantine"), words=chosen, num_words=num_words)
    summary = artifact(node.outputs["summary"].type, root / "summary")
    made = {"examples": [examples_artifact(root / "examples")], "summary": [summary]}
    executor(Executor, root, INGEST_BEAM_ARGS).Do({}, made, node.exec_properties)


def try_idea(root: pathlib.Path, name: str, config: TrainingConfig) -> None:
    """Transforms, trains and prints a row."""
    import keras
    import numpy as np
    import tensorflow_transform as tft

    from benchmarks.scores import score
    from components.trainer.fit import compile_network, fit
    from components.trainer.input import make_training_data
    from components.trainer.labels import read_labels
    from components.trainer.networks.build import build_network
    from components.trainer.training_state import TrainingState
    from components.transform.executor import Executor

    folder = root / name.replace(" ", "_")
    form = {
        "feature": config.transformed_feature,
        "image_style": config.image_style,
        "image_size": config.image_size,
    }
    executor(Executor, folder).Do({"examples": [examples_artifact(root / "examples")]}, outputs(folder), form)
    labels = read_labels(tft.TFTransformOutput(str(folder / "graph")))
    files = {split: sorted(map(str, (folder / f"transformed/Split-{split}").iterdir())) for split in ("train", "eval")}
    keras.utils.set_random_seed(config.seed)
    network = build_network(config, len(labels), config.dtype_policy)
    data = make_training_data(files["train"], files["eval"], labels, config)
    compile_network(network, config, data.examples)
    started = time.process_time()
    fit(network, config, data, TrainingState(), str(folder / "state"), str(folder / "run"))
    minutes = (time.process_time() - started) / 60
    classes = np.concatenate([np.argmax(one_hot, axis=1) for _, one_hot in data.evaluation])
    accuracy, map_at_3 = score(network.predict(data.evaluation, verbose=0), classes)
    print(f"| {name} | {network.count_params():,} | {minutes:.1f} | {accuracy} | {map_at_3} |", flush=True)


if __name__ == "__main__":
    main()

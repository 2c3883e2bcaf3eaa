"""Claim: training from disk is as fast as from memory, and its memory does not grow with the rows.

Usage: python -m benchmarks.training [--data DIR] [--preset notebook] [--rounds 5] [--copies 10]

Ingests and transforms the CSVs once, then measures images a second of four things in turn, so that a noisy machine is
noisy for all: the streaming input alone, `fit` on the same drawings as arrays in memory, `fit` on what is streamed from
disk, and on the packed drawings kept in memory. The network, the batch and the form of the input are the preset's.
Medians and the spread of each round's ratio.

With --copies, peak RSS of one epoch as the Trainer does it, over the rows and over so many times the rows, each in a
process of its own.
"""

import argparse
import dataclasses
import pathlib
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks.stages import REAL_DATA, examples_artifact, executor, in_process, ingest
from benchmarks.transform import multiply, outputs
from components.trainer.training_config import TrainingConfig
from pipeline.presets import get_preset


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--num-words", type=int, default=None)
    parser.add_argument("--preset", default="notebook")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=0)
    options = parser.parse_args()
    config = get_preset(options.preset).training
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        in_process(ingest, str(options.data), options.num_words, root)
        in_process(transform, root / "examples", root, config)
        in_process(compare_speed, root, config, options.rounds)
        if options.copies:
            compare_memory(root, config, options.copies)


def transform(examples: pathlib.Path, folder: pathlib.Path, config: TrainingConfig) -> None:
    """Runs our Transform for a training."""
    from components.transform.executor import Executor

    inputs = {"examples": [examples_artifact(examples)]}
    executor(Executor, folder).Do(inputs, outputs(folder), config.transform_properties)


def compare_speed(folder: pathlib.Path, config: TrainingConfig, rounds: int) -> None:
    """Prints images a second of the input alone, of `fit` in memory and of `fit` on the stream."""
    import keras
    import numpy as np

    network, data = open_training(folder, config, cache_limit=0)
    _, cached = open_training(folder, config, cache_limit=2**40)
    batches = [(seen, classes) for seen, classes in data.train]
    classes = np.concatenate([classes for _, classes in batches])
    seen = keras.tree.map_structure(lambda *parts: np.concatenate(parts), *[seen for seen, _ in batches])
    batches.clear()
    ways: dict[str, Callable[[], object]] = {
        "the input alone": lambda: sum(1 for _ in data.train),
        "fit in memory": lambda: network.fit(seen, classes, batch_size=config.batch_size, verbose=0),
        "fit from disk": lambda: network.fit(data.train, verbose=0),
        "fit from packed drawings": lambda: network.fit(cached.train, verbose=0),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for work in ways.values():
        work()
    for _ in range(rounds):
        for name, work in ways.items():
            started = time.monotonic()
            work()
            rates[name].append(data.examples / (time.monotonic() - started))
    in_memory = rates["fit in memory"]
    print(f"{data.examples:,} drawings, network {config.network}, batch {config.batch_size}, {rounds} rounds\n")
    print("| what | images/s, median | of fit in memory, median | in each round |\n|---|---|---|---|")
    for name, values in rates.items():
        ratios = [mine / memory for mine, memory in zip(values, in_memory, strict=True)]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"| {name} | {statistics.median(values):,.0f} | {statistics.median(ratios):.2f} | {spread} |")


def compare_memory(folder: pathlib.Path, config: TrainingConfig, copies: int) -> None:
    """Prints the peak RSS of an epoch over the rows, and over `copies` times the rows."""
    print("\n| rows | seconds | peak RSS | more |\n|---|---|---|---|")
    once = in_process(train_one_epoch, folder, config)
    multiply(folder / "transformed" / "Split-train", copies)
    many = in_process(train_one_epoch, folder, config)
    print(f"| once | {once.seconds:.0f} | {once.peak_mib:,.0f} MiB | |")
    growth = many.peak_mib / once.peak_mib - 1
    print(f"| {copies} times | {many.seconds:.0f} | {many.peak_mib:,.0f} MiB | {growth:+.0%} |")


def train_one_epoch(folder: pathlib.Path, config: TrainingConfig) -> None:
    """Trains as the Trainer does, for one epoch."""
    from components.trainer.fit import fit
    from components.trainer.training_state import StateFile, TrainingState

    network, data = open_training(folder, config)
    once = dataclasses.replace(config, epochs=1)
    with tempfile.TemporaryDirectory() as scratch:
        fit(network, once, data, TrainingState(), StateFile(f"{scratch}/state"), f"{scratch}/run")


def open_training(folder: pathlib.Path, config: TrainingConfig, **options: Any) -> tuple[Any, Any]:
    """The network of a training, compiled, and its `TrainingData`; `folder` is that of `transform`."""
    import tensorflow_transform as tft

    from components.trainer.fit import compile_network
    from components.trainer.input import make_training_data
    from components.trainer.labels import read_labels
    from components.trainer.networks.build import build_network

    labels = read_labels(tft.TFTransformOutput(str(folder / "graph")))
    train, evaluation = (
        sorted(map(str, (folder / "transformed" / f"Split-{split}").iterdir())) for split in ("train", "eval")
    )
    data = make_training_data(train, evaluation, labels, config, **options)
    network = build_network(config, len(labels), config.dtype_policy)
    compile_network(network, config, data.examples)
    return network, data


if __name__ == "__main__":
    main()

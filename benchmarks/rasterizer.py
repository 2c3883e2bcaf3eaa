"""Claim: the in-graph rasterizer draws the notebook's picture many times as fast as the notebook's `draw_it`.

Usage: python -m benchmarks.rasterizer [--data DIR] [--rounds N]

One core, batches of 1,000 drawings, all ways in one run and in alternation. `draw_it` is the notebook's: it reads the
text with `ast.literal_eval` and draws with Pillow. "json + Pillow" is the same with the standard library's fastest
reader. `draw_it` always draws at 32 pixels, also beside our larger sizes.
"""

import argparse
import ast
import csv
import json
import os
import pathlib
import random
import resource
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from benchmarks.paired import cpu_seconds
from benchmarks.stages import REAL_DATA
from components.transform.rasterizer import rasterize
from tests.oracles.pillow_draw_it import draw_it

BATCH = 1_000
STYLES = (("notebook", 32), ("antialiased", 32), ("antialiased", 64))


def main() -> None:
    """Prints the tables."""
    options = _options()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    batches = {
        "real": read_drawings(options.data, BATCH),
        **{f"{points} points": random_drawings(points) for points in (10, 50, 200)},
    }
    print_speed(batches, options.rounds)
    print_pathological(batches["real"], options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=REAL_DATA, help="folder of Kaggle CSVs")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def read_drawings(data: pathlib.Path, count: int) -> list[str]:
    """Reads drawings evenly from all files of a folder.

    Args:
        data: folder of Kaggle CSVs.
        count: how many.

    Returns:
        JSON texts.
    """
    files = sorted(data.glob("*.csv"))
    each = -(-count // len(files))
    texts = []
    for path in files:
        with path.open(newline="") as file:
            texts += [row["drawing"] for _, row in zip(range(each), csv.DictReader(file), strict=False)]
    random.Random(1).shuffle(texts)
    return texts[:count]


def random_drawings(points: int) -> list[str]:
    """Makes a batch of walks, so that segments are as short as real ones.

    Args:
        points: points of a drawing, in strokes of ten.

    Returns:
        JSON texts.
    """
    rng = np.random.default_rng(points)

    def axis() -> list[int]:
        return np.clip(rng.integers(0, 256) + np.cumsum(rng.integers(-25, 26, 10)), 0, 255).tolist()

    return [json.dumps([[axis(), axis()] for _ in range(points // 10)]) for _ in range(BATCH)]


def rasterizer(style: str, size: int) -> Callable[[tf.Tensor], tf.Tensor]:
    """Gives the traced graph, as Transform and a server run it."""
    signature = [tf.TensorSpec([None], tf.string)]
    return tf.function(lambda drawings: rasterize(drawings, style, size), input_signature=signature)


def print_speed(batches: dict[str, list[str]], rounds: int) -> None:
    """Prints drawings a second and the ratio to `draw_it`, by kind of drawing."""
    ours = {f"{style} {size}": rasterizer(style, size) for style, size in STYLES}
    print("| drawings | draw_it | json + Pillow | " + " | ".join(ours) + " |")
    print("|---" * (len(ours) + 3) + "|")
    for name, texts in batches.items():
        tensor = tf.constant(texts)
        ways = {
            "draw_it": lambda texts=texts: [draw_it(ast.literal_eval(text)) for text in texts],
            "json": lambda texts=texts: [draw_it(json.loads(text)) for text in texts],
            **{way: (lambda draw=draw, tensor=tensor: draw(tensor).numpy()) for way, draw in ours.items()},
        }
        seconds = cpu_seconds(ways, rounds)
        speeds = [f"{len(texts) / seconds['draw_it']:,.0f}"]
        speeds += [
            f"{len(texts) / seconds[way]:,.0f} ({seconds['draw_it'] / seconds[way]:.1f}x)" for way in ("json", *ours)
        ]
        print(f"| {name} | " + " | ".join(speeds) + " |", flush=True)


def print_pathological(texts: list[str], rounds: int) -> None:
    """Prints what one drawing of 10,000 points costs the 999 beside it, and the memory of a batch."""
    axis = np.random.default_rng(1).integers(0, 256, (2, 10_000)).tolist()
    draw = rasterizer("notebook", 32)
    usual, with_monster = tf.constant(texts), tf.constant([*texts[1:], json.dumps([axis])])
    seconds = cpu_seconds({"usual": lambda: draw(usual), "monster": lambda: draw(with_monster)}, rounds)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    big = tf.constant(texts * 20)
    draw(big)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"\n1,000 real drawings: {seconds['usual'] * 1e3:.1f} ms; one of them with 10,000 points: ", end="")
    print(f"{seconds['monster'] * 1e3:.1f} ms. Peak memory: {grown / (20 * len(texts)):.1f} KiB a drawing.")


if __name__ == "__main__":
    main()

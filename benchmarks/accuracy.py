"""Claim: how good a pushed model is, and how sure that is.

Usage: python -m benchmarks.accuracy --workspace DIR [--version N] [--split test]

Asks a pushed model, through the signature that serves, every drawing of a split of the workspace's newest ingest;
prints words, size, drawings, top-1 accuracy and MAP@3 with 95 % bootstrap intervals. A drawing of a word that the model
does not know counts as a wrong answer.
"""

import argparse
import pathlib

import numpy as np
import tensorflow as tf

from benchmarks.scores import score
from components.pusher.registry import newest_version, registry_of, version_path
from components.trainer.export import read_exported_labels
from components.trainer.model_card import read_model_card
from pipeline.config import PIPELINE_NAME
from pipeline.run_metadata import newest_output

_BATCH = 500


def main() -> None:
    """Prints two lines."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workspace", type=pathlib.Path, required=True)
    parser.add_argument("--version", type=int, default=0, help="default: the newest")
    parser.add_argument("--split", default="test", choices=("train", "eval", "test"))
    options = parser.parse_args()
    registry = registry_of(options.workspace)
    version = options.version or newest_version(registry)
    if not version:
        parser.error(f"nothing has been pushed to {registry}")
    examples = newest_output(str(options.workspace / "metadata.sqlite"), PIPELINE_NAME, "DrawingExampleGen", "examples")
    assert examples is not None, "a workspace with a model has the examples it was made from"
    probabilities, classes = ask(version_path(registry, version), examples / f"Split-{options.split}")
    accuracy, map_at_3 = score(probabilities, classes)
    card = read_model_card(version_path(registry, version))
    size, learned = f"{card['parameters']:,} parameters", f"{card['train_drawings']:,} drawings to learn from"
    words = f"{probabilities.shape[1]} words"
    print(f"preset {card['preset']}, {words}, {size}, {learned}, {card['training_cpu_minutes']} CPU minutes")
    print(f"{len(classes):,} drawings of the {options.split} split: top-1 {accuracy}, MAP@3 {map_at_3}")


def ask(model: pathlib.Path, split: pathlib.Path) -> tuple[np.ndarray, np.ndarray]:
    """Asks a SavedModel every drawing of a split.

    Returns:
        Probabilities `[N, C]` and class ids `[N]`.
    """
    serve = tf.saved_model.load(str(model)).signatures["serving_default"]
    ids = {word.encode(): number for number, word in enumerate(read_exported_labels(str(model)))}
    spec = {name: tf.io.FixedLenFeature([], tf.string) for name in ("drawing", "word")}
    records = tf.data.TFRecordDataset(sorted(map(str, split.iterdir())), compression_type="GZIP")
    probabilities, classes = [], []
    for batch in records.batch(_BATCH):
        features = tf.io.parse_example(batch, spec)
        probabilities.append(serve(drawing=features["drawing"])["probabilities"].numpy())
        classes += [ids.get(word, -1) for word in features["word"].numpy()]
    return np.concatenate(probabilities), np.array(classes)


if __name__ == "__main__":
    main()

"""Test files small enough to check by eye, and a pushed model that answers at once."""

import csv
import pathlib
from collections.abc import Iterable

import tensorflow as tf

from components.trainer.assets import LABELS_FILE, labels_to_text, write_word_counts
from components.transform.drawing_parser import parse

LINE = "[[[0,255],[0,255]]]"
# JSON may have line ends between its tokens, and a CSV file then has them inside quotes.
LINE_IN_LINES = "[[[0,\n255],\n[0,255]]]"
NO_DRAWING = "[[[0,255],[0]]]"
# What the tiny model answers every drawing.
ANSWER = "ant alarm_clock angel"
# Learned from these, the most frequent are bee, angel and, before bat, ant.
COUNTS = {"alarm_clock": 1, "angel": 8, "ant": 4, "bat": 4, "bee": 9}
FREQUENT = "bee angel ant"


def write_drawings(path: pathlib.Path, rows: Iterable[tuple[str, str]]) -> pathlib.Path:
    """Writes a file of (key_id, drawing) as Kaggle lays out its test set."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["key_id", "countrycode", "drawing"])
        writer.writerows((key, "US", drawing) for key, drawing in rows)
    return path


def write_labels(path: pathlib.Path, rows: Iterable[tuple[str, str]]) -> pathlib.Path:
    """Writes a file of (key_id, word)."""
    path.write_text("".join(f"{key},{word}\n" for key, word in [("key_id", "word"), *rows]))
    return path


class TinyDoodles(tf.Module):
    """Tells drawings from other texts as the pushed models do, and answers all drawings the same."""

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="drawing")])
    def serving_default(self, drawing: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"words": tf.where(parse(drawing).valid[:, tf.newaxis], tf.constant([ANSWER.split()]), "")}


def push_tiny_model(registry: pathlib.Path, version: int = 7, counts: dict[str, int] | None = COUNTS) -> pathlib.Path:
    """Puts the tiny model, with labels and perhaps their counts, into a registry; returns its folder."""
    model, doodles = registry / str(version), TinyDoodles()
    tf.saved_model.save(doodles, str(model), signatures={"serving_default": doodles.serving_default})
    (model / LABELS_FILE).parent.mkdir()
    (model / LABELS_FILE).write_text(labels_to_text(sorted(COUNTS)))
    if counts is not None:
        write_word_counts(model, counts)
    return model

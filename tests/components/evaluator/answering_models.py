"""SavedModels that answer what a test says, by the drawing."""

import pathlib
from collections.abc import Mapping, Sequence

import tensorflow as tf

from components.trainer.assets import LABELS_FILE


def drawing(number: int) -> str:
    """The drawing of a test's `number`: one stroke to a place that no other has."""
    return f"[[[0,{number}],[0,255]]]"


def write_model(folder: pathlib.Path, labels: Sequence[str], answers: Mapping[str, Sequence[float]]) -> None:
    """Writes a model in the shape that `components.trainer.export` gives it.

    Args:
        folder: where the SavedModel goes.
        labels: the words in the order of the class ids.
        answers: drawing -> a probability a label; any other drawing gets equal ones.
    """

    class Answers(tf.Module):
        def __init__(self) -> None:
            super().__init__()
            self._rows = tf.lookup.StaticHashTable(
                tf.lookup.KeyValueTensorInitializer(list(answers), tf.range(len(answers), dtype=tf.int64)), -1
            )
            self._labels = tf.lookup.StaticHashTable(
                tf.lookup.KeyValueTensorInitializer(list(labels), tf.range(len(labels), dtype=tf.int64)), -1
            )
            # The last row answers for any other drawing.
            self._probabilities = tf.constant([*answers.values(), [1 / len(labels)] * len(labels)], tf.float32)

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="drawing")])
        def serving_default(self, drawing: tf.Tensor) -> dict[str, tf.Tensor]:
            rows = self._rows.lookup(drawing)
            return {
                "probabilities": tf.gather(
                    self._probabilities, tf.where(rows < 0, tf.constant(len(answers), tf.int64), rows)
                )
            }

        @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="examples")])
        def transform_labels(self, examples: tf.Tensor) -> dict[str, tf.Tensor]:
            words = tf.io.parse_example(examples, {"word": tf.io.FixedLenFeature([], tf.string)})["word"]
            return {"label": self._labels.lookup(words)}

    module = Answers()
    signatures = {"serving_default": module.serving_default, "transform_labels": module.transform_labels}
    tf.saved_model.save(module, str(folder), signatures=signatures)
    path = folder / LABELS_FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"{label}\n" for label in labels))

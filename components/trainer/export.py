"""Exports a trained network as one SavedModel from raw drawing text to words; loading it needs none of our code."""

import pathlib
from collections.abc import Sequence

import keras
import tensorflow as tf

from components.trainer.assets import LABELS_FILE, NETWORK_FILE, labels_from_text, labels_to_text
from components.trainer.label_table import LabelTable
from components.trainer.model_input.centring import mirror
from components.trainer.model_input.form import place, points_to_model_input
from components.trainer.network_file import save_network
from components.trainer.training_config import TrainingConfig
from components.trainer.warmup import write_warmup_requests
from components.transform.drawing_feature import drawing_feature
from components.transform.drawing_parser import Points, parse
from components.transform.features import DRAWING, WORD

TOP_WORDS = 3


class ServedDoodles(tf.Module):
    """The functions that become the SavedModel's signatures.

    A malformed drawing among good ones costs the good ones nothing: it answers three empty words, scores of zero and
    probabilities of zero, which no readable drawing can answer.
    """

    def __init__(self, network: keras.Model, labels: Sequence[str], config: TrainingConfig) -> None:
        super().__init__()
        self._network = network
        # Keras 3 models do not show their variables to tf.Module by themselves.
        self._network_variables = network.variables
        self._labels = tf.constant(list(labels))
        self._label_table = LabelTable(labels)
        self._config = config

    @staticmethod
    def _drawings(examples: tf.Tensor) -> tf.Tensor:
        spec = {DRAWING: tf.io.FixedLenFeature([], tf.string, default_value="")}
        return tf.io.parse_example(examples, spec)[DRAWING]

    def _probabilities(self, drawings: tf.Tensor) -> tf.Tensor:
        points = parse(drawings)
        # TensorFlow's fused convolutions refuse a batch of no images, which TF Serving's clients may send.
        probabilities = tf.cond(
            tf.size(drawings) > 0,
            lambda: self._answer(place(points, self._config)),
            lambda: tf.zeros([0, self._labels.shape[0]]),
        )
        return tf.where(points.valid[:, tf.newaxis], probabilities, 0.0)

    def _answer(self, points: Points) -> tf.Tensor:
        seen = points_to_model_input(points, self._config)
        answer = self._network(seen, training=False)
        if not self._config.test_time_flip:
            return answer
        seen_in_the_mirror = points_to_model_input(mirror(points), self._config)
        return (answer + self._network(seen_in_the_mirror, training=False)) / 2

    def _best_words(self, probabilities: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        known = min(TOP_WORDS, self._labels.shape[0])
        scores, ids = tf.math.top_k(probabilities, k=known)
        words = tf.where(scores > 0.0, tf.gather(self._labels, ids), "")
        missing = [[0, 0], [0, TOP_WORDS - known]]
        return tf.pad(words, missing, constant_values=""), tf.pad(scores, missing)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name=DRAWING)])
    def serving_default(self, drawing: tf.Tensor) -> dict[str, tf.Tensor]:
        """Answers raw drawings.

        Args:
            drawing: string `[N]`, the JSON text of a drawing each.

        Returns:
            `words` string `[N, 3]` and `scores` float32 `[N, 3]`, best first (fewer than three labels: padded with ""
            and 0); `probabilities` float32 `[N, C]` in the order of the labels.
        """
        probabilities = self._probabilities(drawing)
        words, scores = self._best_words(probabilities)
        return {"words": words, "scores": scores, "probabilities": probabilities}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")])
    def classify(self, inputs: tf.Tensor) -> dict[str, tf.Tensor]:
        """Answers TF Serving's Classify RPC.

        Args:
            inputs: string `[N]`, serialized `tf.Example`s with the feature `drawing`.

        Returns:
            `classes` string `[N, 3]` and `scores` float32 `[N, 3]`, best first.
        """
        classes, scores = self._best_words(self._probabilities(self._drawings(inputs)))
        return {"classes": classes, "scores": scores}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="examples")])
    def transform_labels(self, examples: tf.Tensor) -> dict[str, tf.Tensor]:
        """Gives the Evaluator the true class ids.

        Args:
            examples: string `[N]`, serialized `tf.Example`s with the feature `word`.

        Returns:
            `label` int64 `[N]`; -1 for a word this model does not know.
        """
        spec = {WORD: tf.io.FixedLenFeature([], tf.string)}
        return {"label": self._label_table(tf.io.parse_example(examples, spec)[WORD])}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="examples")])
    def transform_features(self, examples: tf.Tensor) -> dict[str, tf.Tensor]:
        """Gives what Transform stored of a drawing for this model; whoever doubts can compare the two.

        Args:
            examples: string `[N]`, serialized `tf.Example`s with the feature `drawing`.

        Returns:
            `image` or `packed_strokes`, string `[N]`; see `components.transform.preprocessing`.
        """
        return drawing_feature(self._drawings(examples), **self._config.transform_properties)


def export_model(network: keras.Model, labels: Sequence[str], config: TrainingConfig, directory: str) -> None:
    """Writes the SavedModel with its signatures, its labels, its warm-up requests and its network.

    Args:
        network: the trained network.
        labels: the words in the order of the class ids.
        config: of the network's training; what it saw there it also sees when it is served.
        directory: where the SavedModel goes.
    """
    module = ServedDoodles(network, labels, config)
    signatures = {
        "serving_default": module.serving_default,
        "classify": module.classify,
        "transform_labels": module.transform_labels,
        "transform_features": module.transform_features,
    }
    tf.saved_model.save(module, directory, signatures=signatures)
    write_warmup_requests(module.serving_default, directory)
    save_network(network, labels, pathlib.Path(directory, NETWORK_FILE))
    pathlib.Path(directory, LABELS_FILE).write_text(labels_to_text(labels), encoding="utf-8")


def read_exported_labels(directory: str) -> list[str]:
    """Reads the labels that `export_model` wrote beside the SavedModel.

    Args:
        directory: a SavedModel made by `export_model`.

    Returns:
        The words in the order of the class ids.
    """
    return labels_from_text(pathlib.Path(directory, LABELS_FILE).read_text(encoding="utf-8"))

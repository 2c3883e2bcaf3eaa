"""Transformed examples -> batches of model inputs, streamed with tf.data."""

from collections.abc import Sequence

import tensorflow as tf

from components.transform.features import IMAGE, WORD
from components.transform.packed_image import unpack

_SHUFFLE_BUFFER = 20_000


def to_model_input(images: tf.Tensor) -> tf.Tensor:
    """Gives rastered images the form that every network takes.

    The one place for it, called by training, evaluation during training and every serving signature.

    Args:
        images: uint8 `[N, size, size]`, ink 0 on paper 255.

    Returns:
        float32 `[N, size, size, 1]` in 0..1; the notebook's `np.array(image) / 255.`
    """
    return tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0


class LabelTable:
    """Word -> position among the sorted labels, in the graph.

    Comparing with every label needs no lookup table, and so no table initializer that a SavedModel could miss.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = tf.constant(list(labels))

    def __call__(self, words: tf.Tensor) -> tf.Tensor:
        """Maps words to class ids.

        Args:
            words: string `[N]`.

        Returns:
            int64 `[N]`; -1 for a word that is no label.
        """
        equal = words[:, tf.newaxis] == self._labels[tf.newaxis, :]
        return tf.where(tf.reduce_any(equal, axis=1), tf.argmax(equal, axis=1), -1)


def make_dataset(
    files: Sequence[str], labels: Sequence[str], batch_size: int, image_size: int, shuffle_seed: int | None = None
) -> tf.data.Dataset:
    """Streams transformed examples as batches; holds at most the shuffle buffer in memory.

    Args:
        files: gzipped TFRecords of transformed `tf.Example`s.
        labels: the words in the order of the class ids.
        batch_size: drawings a batch; the last batch may be smaller.
        image_size: pixels along one side.
        shuffle_seed: shuffles anew each epoch, reproducibly; None keeps the order of the files.

    Returns:
        Batches of (float32 `[N, size, size, 1]`, int64 `[N]`).
    """
    table = LabelTable(labels)
    spec = {
        IMAGE: tf.io.FixedLenFeature([], tf.string),
        WORD: tf.io.FixedLenFeature([], tf.string),
    }

    def parse(serialized: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        features = tf.io.parse_example(serialized, spec)
        return to_model_input(unpack(features[IMAGE], image_size)), table(features[WORD])

    # Serialized examples are a few hundred bytes, so shuffling them before the parse keeps the buffer small.
    records = tf.data.TFRecordDataset(sorted(files), compression_type="GZIP", num_parallel_reads=len(files))
    if shuffle_seed is not None:
        records = records.shuffle(_SHUFFLE_BUFFER, seed=shuffle_seed, reshuffle_each_iteration=True)
    return records.batch(batch_size).map(parse, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)

"""Word -> class id, in the graph."""

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

# The largest number of buckets that an int64 can hold: distinct words share one as good as never, and it is checked.
_BUCKETS = 2**63 - 1


class LabelTable:
    """Word -> position among the labels.

    A search among sorted hashes needs no lookup table, and so no table initializer that a SavedModel could miss, and
    costs far less than comparing each word with every label.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        """Takes the words in the order of the class ids.

        Raises:
            ValueError: two labels are equal.
        """
        hashes = tf.strings.to_hash_bucket_fast(tf.constant(list(labels)), _BUCKETS).numpy()
        if len(np.unique(hashes)) < len(hashes):
            raise ValueError(f"the labels must differ: {', '.join(labels)}")
        order = np.argsort(hashes)
        self._hashes = tf.constant(hashes[order])
        self._ids = tf.constant(order)
        self._labels = tf.constant(list(labels))

    def __call__(self, words: tf.Tensor) -> tf.Tensor:
        """Maps words to class ids.

        Args:
            words: string `[N]`.

        Returns:
            int64 `[N]`; -1 for a word that is no label.
        """
        place = tf.searchsorted(self._hashes, tf.strings.to_hash_bucket_fast(words, _BUCKETS))
        candidate = tf.gather(self._ids, tf.minimum(place, len(self._ids) - 1))
        return tf.where(tf.gather(self._labels, candidate) == words, candidate, -1)

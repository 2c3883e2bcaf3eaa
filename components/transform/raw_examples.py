"""Reads raw examples in batches, with tf.data rather than record by record through Beam."""

import tensorflow as tf

from components.transform.features import DRAWING, WORD

BATCH = 1_000
RAW_SPEC = {name: tf.io.FixedLenFeature([], tf.string) for name in (DRAWING, WORD)}


def read_raw_examples(path: str, *features: str) -> tf.data.Dataset:
    """Streams features of a shard.

    Args:
        path: a gzipped TFRecord file of serialized raw `tf.Example`s.
        *features: names out of `RAW_SPEC`.

    Returns:
        Batches in the file's order: feature name -> string `[N]`.
    """
    spec = {name: RAW_SPEC[name] for name in features}
    records = tf.data.TFRecordDataset(path, compression_type="GZIP")
    return records.batch(BATCH).map(
        lambda serialized: tf.io.parse_example(serialized, spec), num_parallel_calls=tf.data.AUTOTUNE
    )

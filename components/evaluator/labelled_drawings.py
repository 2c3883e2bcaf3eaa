"""Reads the examples that a model is judged by, in batches."""

import tensorflow as tf

_BATCH = 500
_SPEC = {
    **{name: tf.io.FixedLenFeature([], tf.string) for name in ("key_id", "word", "countrycode", "drawing")},
    **{name: tf.io.FixedLenFeature([], tf.int64) for name in ("strokes", "points")},
}


def read_labelled_drawings(path: str) -> tf.data.Dataset:
    """Streams a shard.

    Args:
        path: a gzipped TFRecord file of raw `tf.Example`s.

    Returns:
        Batches in the file's order: `key_id`, `word`, `countrycode` and `drawing` string `[N]`, `strokes` and `points`
        int64 `[N]`.
    """
    records = tf.data.TFRecordDataset(path, compression_type="GZIP")
    return records.batch(_BATCH).map(
        lambda serialized: tf.io.parse_example(serialized, _SPEC), num_parallel_calls=tf.data.AUTOTUNE
    )

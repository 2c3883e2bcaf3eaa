"""Reads examples into Arrow record batches, as TFDV takes them."""

from collections.abc import Iterator

import pyarrow as pa
import tensorflow as tf
from tfx_bsl.coders.example_coder import ExamplesToRecordBatchDecoder

# TFDV's own batch size. Larger ones are no faster, and one batch is what a worker holds.
_ROWS = 1_000
_BATCHES_AHEAD = 2


def read_record_batches(path: str) -> Iterator[pa.RecordBatch]:
    """Streams a shard.

    Args:
        path: a gzipped TFRecord file of serialized `tf.Example`s.

    Yields:
        Batches in the file's order; each feature that occurs in the batch is a column of lists. No schema is applied.
    """
    decoder = ExamplesToRecordBatchDecoder()
    # tf.data unzips the next batches on a thread of its own while this one decodes.
    records = tf.data.TFRecordDataset(path, compression_type="GZIP").batch(_ROWS).prefetch(_BATCHES_AHEAD)
    for batch in records.as_numpy_iterator():
        yield decoder.DecodeBatch(batch.tolist())

"""Writes rows as `tf.Example`s into gzipped TFRecord shards, in an order that depends on the rows alone."""

import uuid
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import tensorflow as tf
from tfx.dsl.io import fileio
from tfx_bsl.coders.example_coder import RecordBatchToExamplesEncoder

FEATURES = ("drawing", "word", "key_id", "countrycode", "strokes", "points")
ROWS_PER_SHARD = 25_000
# Level 1 is several times faster to write than the default and costs about a tenth in size.
_GZIP = tf.io.TFRecordOptions(compression_type="GZIP", compression_level=1)


def num_shards(num_rows: int) -> int:
    """Returns how many shards rows are spread over: a function of the rows, never of the workers."""
    return max(1, -(-num_rows // ROWS_PER_SHARD))


def write_shard(split_uri: str, temporary_dir: str, shard: int, shards: int, tables: Iterable[pa.Table]) -> None:
    """Writes one shard of a split, `data-00000-of-0000N.tfrecord.gz`.

    Args:
        split_uri: the folder of the split; every file in it is taken for data.
        temporary_dir: a folder outside of all splits, where the shard lies until it is whole.
        shard: the number of the shard, from 0.
        shards: how many shards the split has.
        tables: its rows, in any order: the columns FEATURES and `order`, the hash that they are sorted by.
    """
    order = [("order", "ascending"), ("word", "ascending"), ("key_id", "ascending")]
    rows = pa.concat_tables(tables).sort_by(order).select(list(FEATURES))
    name = f"data-{shard:05d}-of-{shards:05d}.tfrecord.gz"
    temporary = f"{temporary_dir}/{name}.{uuid.uuid4().hex}"
    with tf.io.TFRecordWriter(temporary, _GZIP) as writer:
        for serialized in encode_examples(rows):
            writer.write(serialized)
    fileio.rename(temporary, f"{split_uri}/{name}", overwrite=True)


def encode_examples(rows: pa.Table) -> list[bytes]:
    """Encodes each row as a serialized `tf.Example`; each column, binary or int64, becomes a feature of one value.

    The encoder puts the features of an Example into an order that changes from process to process. So each column is
    encoded on its own, and the pieces are joined: serialized protos that follow one another are, by protobuf's rules,
    their merged proto, here the Example with all features.
    """
    encoder = RecordBatchToExamplesEncoder()
    offsets = pa.array(np.arange(rows.num_rows + 1, dtype=np.int32))
    pieces = []
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        values = pa.ListArray.from_arrays(offsets, column.combine_chunks())
        pieces.append(encoder.encode(pa.RecordBatch.from_arrays([values], [name])))
    return [b"".join(features) for features in zip(*pieces, strict=True)]

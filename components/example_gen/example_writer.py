"""Writes rows as `tf.Example`s into gzipped TFRecord shards, in an order that depends on the rows alone."""

from collections.abc import Iterable

import pyarrow as pa

from components.examples import encode_examples, write_records

FEATURES = ("drawing", "word", "key_id", "countrycode", "strokes", "points")
ROWS_PER_SHARD = 25_000


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
    write_records(f"{split_uri}/data-{shard:05d}-of-{shards:05d}.tfrecord.gz", temporary_dir, encode_examples(rows))

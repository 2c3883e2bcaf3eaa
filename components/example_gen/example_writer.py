"""Writes rows as `tf.Example`s into gzipped TFRecord shards."""

import pyarrow as pa

from components.examples import encode_examples
from components.tf_records import write_records

FEATURES = ("drawing", "word", "key_id", "countrycode", "strokes", "points")


def write_shard(split_uri: str, temporary_dir: str, shard: int, num_shards: int, rows: pa.Table) -> None:
    """Writes one shard of a split, `data-00000-of-0000N.tfrecord.gz`.

    Args:
        split_uri: the folder of the split; every file in it is taken for data.
        temporary_dir: a folder outside of all splits, where the shard lies until it is whole.
        shard: the number of the shard, from 0.
        num_shards: how many shards the split has.
        rows: its rows, in the order in which they are written: the columns FEATURES.
    """
    name = f"data-{shard:05d}-of-{num_shards:05d}.tfrecord.gz"
    write_records(f"{split_uri}/{name}", temporary_dir, [encode_examples(rows.select(list(FEATURES)))])

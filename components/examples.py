"""Rows as serialized `tf.Example`s: what the ingest and Transform both write."""

import os

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from tfx.dsl.io import fileio
from tfx_bsl.coders.example_coder import RecordBatchToExamplesEncoder

# Of the files of a split. Whatever else lies there, such as what a lost worker left, is none.
_SHARDS = "*.gz"


def list_shards(split_uri: str) -> list[str]:
    """Lists the gzipped TFRecord files of a split, sorted.

    Args:
        split_uri: the split's folder, a path or a URL that TensorFlow knows.
    """
    return sorted(os.fsdecode(path) for path in fileio.glob(f"{split_uri}/{_SHARDS}"))


def encode_examples(rows: pa.Table) -> pa.BinaryArray:
    """Encodes each row as a serialized `tf.Example`; each column, binary or int64, becomes a feature of one value.

    Serialized protos that follow one another are, by protobuf's rules, their merged proto, here the Example with all
    features. So the features of a row are encoded apart and joined in the order of the columns; tfx_bsl's encoder alone
    would shuffle them anew in each process. And of a feature only what differs is encoded: the bytes before a binary
    value depend on nothing but its length, and few of many numbers are different. Arrow puts that together several
    times as fast, and without the interpreter's lock.

    Args:
        rows: N rows, the features by column, no value null.

    Returns:
        Binary `[N]`; equal rows give equal bytes.
    """
    columns = zip(rows.column_names, rows.columns, strict=True)
    parts = [part for name, column in columns for part in _encode_feature(name, column.combine_chunks())]
    return pc.binary_join_element_wise(*parts, b"")


def _encode_feature(name: str, values: pa.Array) -> list[pa.BinaryArray]:
    """Returns arrays `[N]` that, joined, are each row's Example of this one feature."""
    if not pa.types.is_binary(values.type):
        distinct = values.dictionary_encode()
        return [_encode(name, distinct.dictionary).take(distinct.indices)]
    lengths = pc.binary_length(values).dictionary_encode()
    zeros = [bytes(length) for length in lengths.dictionary.to_pylist()]
    encoded = _encode(name, pa.array(zeros, pa.binary())).to_pylist()
    heads = [example[: len(example) - len(value)] for example, value in zip(encoded, zeros, strict=True)]
    return [pa.array(heads, pa.binary()).take(lengths.indices), values]


def _encode(name: str, values: pa.Array) -> pa.BinaryArray:
    """Encodes each value as an Example of one feature."""
    offsets = pa.array(np.arange(len(values) + 1, dtype=np.int32))
    batch = pa.RecordBatch.from_arrays([pa.ListArray.from_arrays(offsets, values)], [name])
    return pa.array(RecordBatchToExamplesEncoder().encode(batch), pa.binary())

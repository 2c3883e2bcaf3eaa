"""Rows as serialized `tf.Example`s, and files of them: what the ingest and Transform both write."""

import shutil
import uuid
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import tensorflow as tf
from isal import igzip
from tfx.dsl.io import fileio
from tfx_bsl.coders.example_coder import RecordBatchToExamplesEncoder

_GZIP_LEVEL = 1
_COPIED_BYTES = 1 << 20


def encode_examples(rows: pa.Table) -> list[bytes]:
    """Encodes each row as a serialized `tf.Example`; each column, binary or int64, becomes a feature of one value.

    The encoder puts the features of an Example into an order that changes from process to process. So each column is
    encoded on its own, and the pieces are joined: serialized protos that follow one another are, by protobuf's rules,
    their merged proto, here the Example with all features.

    Args:
        rows: the features, by column.

    Returns:
        One serialized Example a row; equal rows give equal bytes.
    """
    encoder = RecordBatchToExamplesEncoder()
    offsets = pa.array(np.arange(rows.num_rows + 1, dtype=np.int32))
    pieces = []
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        values = pa.ListArray.from_arrays(offsets, column.combine_chunks())
        pieces.append(encoder.encode(pa.RecordBatch.from_arrays([values], [name])))
    return [b"".join(features) for features in zip(*pieces, strict=True)]


def write_records(path: str, temporary_dir: str, records: Iterable[bytes]) -> None:
    """Writes a gzipped TFRecord file that appears under its name only when it is whole.

    Args:
        path: the file, in a folder in which every file is taken for data.
        temporary_dir: a folder on the same file system, where the file lies until then.
        records: serialized Examples.
    """
    fileio.makedirs(temporary_dir)
    plain, packed = (f"{temporary_dir}/{uuid.uuid4().hex}" for _ in range(2))
    with tf.io.TFRecordWriter(plain) as writer:
        for record in records:
            writer.write(record)
    _zip(plain, packed)
    fileio.remove(plain)
    fileio.rename(packed, path, overwrite=True)


def _zip(plain: str, packed: str) -> None:
    """Compresses a file; not by TensorFlow, since ISA-L packs several times as fast, to the size of zlib's fast levels."""
    with (
        fileio.open(plain, "rb") as source,
        fileio.open(packed, "wb") as target,
        igzip.IGzipFile(filename="", fileobj=target, mode="wb", compresslevel=_GZIP_LEVEL, mtime=0) as zipped,
    ):
        shutil.copyfileobj(source, zipped, _COPIED_BYTES)

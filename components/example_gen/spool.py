"""The way of rows from those who read them to those who write shards: files beside the examples, by byte range.

Drawings do not go through Beam's shuffle. A local runner would hold all of them in memory, and on a cluster the index
that goes in their place is a thousandth of their size. A unit's file is made under another name and renamed, and equal
units give equal files, so a bundle that is tried twice does no harm.
"""

import uuid
from collections.abc import Iterable
from typing import NamedTuple

import fsspec
import numpy as np
import pyarrow as pa

SPOOL_SCHEMA = pa.schema(
    [
        *((name, pa.binary()) for name in ("drawing", "word", "key_id", "countrycode")),
        *((name, pa.int64()) for name in ("strokes", "points")),
        *((name, pa.uint64()) for name in ("order", "split_hash")),
    ]
)
# Arrow's own compression works on each column of a piece, which for small pieces costs more than all the rest.
_CODEC = "lz4"


class Piece(NamedTuple):
    """The rows of one unit for one shard.

    Attributes:
        path: the unit's file.
        offset: where in it they are.
        length: how many bytes they take there.
        plain_length: how many bytes the record batch has that these unpack to.
    """

    path: str
    offset: int
    length: int
    plain_length: int


def write_spool(folder: str, name: str, rows: pa.Table, shard_of_row: np.ndarray) -> dict[int, Piece]:
    """Writes rows to one file, ordered by shard.

    Args:
        folder: an existing folder that all workers see.
        name: a name that no other rows have.
        rows: N rows with the columns of SPOOL_SCHEMA.
        shard_of_row: int `[N]`.

    Returns:
        Where the rows of each shard are; shards without rows are left out.
    """
    order = np.argsort(shard_of_row, kind="stable")
    rows = rows.select(SPOOL_SCHEMA.names).take(pa.array(order)).combine_chunks()
    shards, starts, counts = np.unique(shard_of_row[order], return_index=True, return_counts=True)
    path, unfinished = f"{folder}/{name}", f"{folder}/{uuid.uuid4().hex}.unfinished"
    file_system, _ = fsspec.core.url_to_fs(folder)
    pieces = {}
    with file_system.open(unfinished, "wb") as stream:
        for shard, start, count in zip(shards.tolist(), starts.tolist(), counts.tolist(), strict=True):
            (batch,) = rows.slice(start, count).to_batches()
            plain = batch.serialize()
            packed = pa.compress(plain, _CODEC)
            pieces[shard] = Piece(path, stream.tell(), packed.size, plain.size)
            stream.write(packed)
    file_system.mv(unfinished, path)
    return pieces


def read_pieces(pieces: Iterable[Piece]) -> pa.Table:
    """Reads pieces, at least one, in an order that depends on them alone."""
    ordered = sorted(pieces)
    file_system, _ = fsspec.core.url_to_fs(ordered[0].path)
    return pa.Table.from_batches([_read_piece(file_system, piece) for piece in ordered])


def _read_piece(file_system: fsspec.AbstractFileSystem, piece: Piece) -> pa.RecordBatch:
    packed = file_system.cat_file(piece.path, piece.offset, piece.offset + piece.length)
    return pa.ipc.read_record_batch(pa.decompress(packed, piece.plain_length, _CODEC), SPOOL_SCHEMA)

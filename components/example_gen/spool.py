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

_LZ4 = pa.ipc.IpcWriteOptions(compression="lz4")


class Piece(NamedTuple):
    """The rows of one unit for one shard: an Arrow stream of `length` bytes at `offset` of a file."""

    path: str
    offset: int
    length: int


def write_spool(folder: str, name: str, rows: pa.Table, shard_of_row: np.ndarray) -> dict[int, Piece]:
    """Writes rows to one file, ordered by shard.

    Args:
        folder: an existing folder that all workers see.
        name: a name that no other rows have.
        rows: N rows.
        shard_of_row: int `[N]`.

    Returns:
        Where the rows of each shard are; shards without rows are left out.
    """
    order = np.argsort(shard_of_row, kind="stable")
    rows = rows.take(pa.array(order))
    shards, starts, counts = np.unique(shard_of_row[order], return_index=True, return_counts=True)
    path, unfinished = f"{folder}/{name}", f"{folder}/{uuid.uuid4().hex}.unfinished"
    file_system, _ = fsspec.core.url_to_fs(folder)
    pieces = {}
    with file_system.open(unfinished, "wb") as stream:
        for shard, start, count in zip(shards.tolist(), starts.tolist(), counts.tolist(), strict=True):
            offset = stream.tell()
            _write_stream(stream, rows.slice(start, count))
            pieces[shard] = Piece(path, offset, stream.tell() - offset)
    file_system.mv(unfinished, path)
    return pieces


def read_pieces(pieces: Iterable[Piece]) -> pa.Table:
    """Reads pieces, in an order that depends on them alone."""
    return pa.concat_tables([_read_stream(piece) for piece in sorted(pieces)])


def _write_stream(stream: "fsspec.spec.AbstractBufferedFile", rows: pa.Table) -> None:
    buffer = pa.BufferOutputStream()
    with pa.ipc.new_stream(buffer, rows.schema, options=_LZ4) as writer:
        writer.write_table(rows)
    stream.write(buffer.getvalue())


def _read_stream(piece: Piece) -> pa.Table:
    with fsspec.open(piece.path, "rb") as stream:
        stream.seek(piece.offset)
        return pa.ipc.open_stream(stream.read(piece.length)).read_all()

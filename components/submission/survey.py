"""One look at all rows before the first is answered: where each shard begins, and that every key is there once."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.errors import DataRefusedError, UsageError
from components.example_gen.data_file import DataFile
from components.example_gen.key_hash import hash_keys
from components.submission.file_rows import PIECE_BYTES, iter_pieces, iter_rows, rows_of

_REPLACEMENT = "\ufffd".encode()


class Shard(NamedTuple):
    """What a worker answers at a time.

    Attributes:
        number: its number, from 0.
        file: that it is a part of.
        offset: where the bytes of its rows begin.
        size: how many bytes.
        first_row: rows of the file before it.
        rows: how many it has, at least one.
    """

    number: int
    file: DataFile
    offset: int
    size: int
    first_row: int
    rows: int


def survey(file: DataFile, shard_bytes: int = PIECE_BYTES) -> list[Shard]:
    """Reads all keys of a file; eight bytes of each row stay in memory.

    Args:
        file: of `components.submission.drawings_file`.
        shard_bytes: about how many bytes a shard has.

    Returns:
        Its shards, in its order.

    Raises:
        DataRefusedError: a row is none, or has no key, or a key occurs twice.
        UsageError: the file has no row.
    """
    shards: list[Shard] = []
    hashes: list[np.ndarray] = []
    row = 0
    for piece in iter_pieces(file, shard_bytes):
        keys = rows_of(piece, file, row).column("key_id").combine_chunks()
        _check_present(keys, file, row)
        # A piece may be nothing but blank lines.
        if len(keys):
            shards.append(Shard(len(shards), file, piece.offset, len(piece.data), row, len(keys)))
        hashes.append(hash_keys(keys.to_pylist()).order)
        row += len(keys)
    if not row:
        raise UsageError(f"{file.path} has no rows.")
    _check_unique(file, np.concatenate(hashes))
    return shards


def _check_present(keys: pa.BinaryArray, file: DataFile, rows_before: int) -> None:
    is_missing = pc.or_(pc.equal(pc.binary_length(keys), 0), pc.match_substring(keys, _REPLACEMENT))
    if pc.any(is_missing).as_py():
        number = rows_before + is_missing.index(True).as_py() + 1
        raise DataRefusedError(f"{file.path}, row {number:,}: key_id is empty or not UTF-8.")


def _check_unique(file: DataFile, hashes: np.ndarray) -> None:
    """Looks for rows with the same key among those with the same hash."""
    in_order = np.sort(hashes)
    repeated = np.unique(in_order[1:][in_order[1:] == in_order[:-1]])
    if not len(repeated):
        return
    first_rows: dict[bytes, int] = {}
    row = 0
    for rows in iter_rows(file):
        keys = rows.column("key_id")
        for index in np.flatnonzero(np.isin(hashes[row : row + len(keys)], repeated)).tolist():
            key, number = keys[index].as_py(), row + index + 1
            if key in first_rows:
                raise DataRefusedError(
                    f"{file.path}: the key_id {key.decode()} is in row {first_rows[key]:,} and again in row "
                    f"{number:,}; a submission has every key once, so take one of them out."
                )
            first_rows[key] = number
        row += len(keys)

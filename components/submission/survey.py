"""One look at all rows before the first is answered: where each shard begins, and that every key is there once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.errors import DataRefusedError, UsageError
from components.example_gen.data_file import DataFile
from components.example_gen.key_hash import hash_keys
from components.example_gen.work_plan import FileRange
from components.submission.file_rows import iter_rows

# About 2,500 drawings: a worker holds one, a kill loses one a worker, and half a second lies between two parts.
SHARD_BYTES = 1 << 20
_REPLACEMENT = "\ufffd".encode()


class Shard(NamedTuple):
    """What a worker answers at a time.

    Attributes:
        number: its number, from 0.
        part: the range of the file that its rows begin in.
        first_row: rows of the file before it.
        rows: how many it has.
    """

    number: int
    part: FileRange
    first_row: int
    rows: int


def survey(file: DataFile, shard_bytes: int = SHARD_BYTES) -> list[Shard]:
    """Reads all keys of a file; eight bytes of each row stay in memory.

    Args:
        file: of `components.submission.drawings_file`; a gzipped one is one shard.
        shard_bytes: about how many bytes a shard has.

    Returns:
        Its shards, in its order.

    Raises:
        DataRefusedError: a row is none, or has no key, or a key occurs twice.
        UsageError: the file has no row.
    """
    shards: list[Shard] = []
    hashes: list[np.ndarray] = []
    rows_before = 0
    count = 1 if file.is_gzipped else max(1, -(-file.size // shard_bytes))
    for number in range(count):
        part = FileRange(file, number, count)
        rows = 0
        for keys in _checked_keys(part, rows_before):
            hashes.append(hash_keys(keys.to_pylist()).order)
            rows += len(keys)
        # A row of several megabytes leaves ranges behind it in which none begins.
        if rows:
            shards.append(Shard(number, part, rows_before, rows))
        rows_before += rows
    if not rows_before:
        raise UsageError(f"{file.path} has no drawing.")
    _check_unique(shards, np.concatenate(hashes))
    return shards


def iter_keys(shards: Sequence[Shard]) -> Iterator[pa.BinaryArray]:
    """Reads the keys of shards again, in their order."""
    for shard in shards:
        for rows in iter_rows(shard.part, shard.first_row):
            yield rows.column("key_id").combine_chunks()


def _checked_keys(part: FileRange, rows_before: int) -> Iterator[pa.BinaryArray]:
    """Reads the keys of a range; all are there."""
    for rows in iter_rows(part, rows_before):
        keys = rows.column("key_id").combine_chunks()
        is_missing = pc.or_(pc.equal(pc.binary_length(keys), 0), pc.match_substring(keys, _REPLACEMENT))
        if pc.any(is_missing).as_py():
            number = rows_before + is_missing.index(True).as_py() + 1
            raise DataRefusedError(f"{part.file.path}, row {number:,}: key_id is empty or not UTF-8.")
        yield keys
        rows_before += len(keys)


def _check_unique(shards: Sequence[Shard], hashes: np.ndarray) -> None:
    """Looks for rows with the same key among those with the same hash."""
    in_order = np.sort(hashes)
    repeated = np.unique(in_order[1:][in_order[1:] == in_order[:-1]])
    if not len(repeated):
        return
    first_rows: dict[bytes, int] = {}
    row = 0
    for keys in iter_keys(shards):
        of_keys = hashes[row : row + len(keys)]
        for index in np.flatnonzero(np.isin(of_keys, repeated)).tolist():
            key, number = keys[index].as_py(), row + index + 1
            if key in first_rows:
                path = shards[0].part.file.path
                raise DataRefusedError(
                    f"{path}: the key_id {key.decode()} is in row {first_rows[key]:,} and again in row {number:,}; a "
                    "submission has every key once, so take one of them out."
                )
            first_rows[key] = number
        row += len(keys)

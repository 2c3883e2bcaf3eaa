"""Several small files as if they were one: what judging costs a file is more than what it costs a few hundred rows.

Only files in which nothing is wrong are taken together. Where anything is, each file is read by itself, and what the
ingest says of a row stays true.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.example_gen.data_file import label_of, open_data_file
from components.example_gen.regular_csv import parse_regular
from components.example_gen.row_batch import ROW_COLUMN, RowBatch
from components.example_gen.row_checks import judge_rows
from components.example_gen.row_chunks import CHUNK_BYTES
from components.example_gen.work_plan import FileRange


class Span(NamedTuple):
    """The rows `start` to `end - 1` of a table are of this word."""

    label: str
    start: int
    end: int


class Pack(NamedTuple):
    """Several files.

    Attributes:
        read: how many rows each file has.
        rows: the good rows of all, as `row_checks.JudgedRows` has them; all others were not recognized.
        spans: which of them are in which file.
    """

    read: list[int]
    rows: pa.Table
    spans: list[Span]


def pack_ranges(ranges: Sequence[FileRange]) -> Iterator[list[FileRange]]:
    """Groups ranges, in their order: small CSV files with equal columns together, all else by itself."""
    group: list[FileRange] = []
    size = 0
    for part in ranges:
        fits = _is_small_csv(part) and size + part.file.size <= CHUNK_BYTES
        if group and not (fits and part.file.columns == group[0].file.columns):
            yield group
            group, size = [], 0
        group.append(part)
        # Nothing joins what is no small CSV file.
        size += part.file.size if _is_small_csv(part) else CHUNK_BYTES
    if group:
        yield group


def read_pack(ranges: Sequence[FileRange]) -> Pack | None:
    """Reads and judges small files together.

    Args:
        ranges: a group of `pack_ranges`.

    Returns:
        None if there is but one, or if a row in them is malformed or not written in the regular way.

    Raises:
        UnreadableFileError: a file cannot be read.
    """
    if len(ranges) == 1:
        return None
    bodies = [_body(part) for part in ranges]
    text = b"".join(bodies)
    table = parse_regular(text, ranges[0].file.columns) if _ends_and_is_ascii(bodies, text) else None
    # In a regular text every line is a row.
    read = [int(np.count_nonzero(np.frombuffer(body, np.uint8) == ord("\n"))) for body in bodies]
    if table is None or not _has_words(table, [part.file.label for part in ranges], read):
        return None
    numbered = table.append_column(ROW_COLUMN, pa.array(np.arange(1, table.num_rows + 1)))
    judged = judge_rows(RowBatch(numbered, []), None)
    if judged.quarantined:
        return None
    is_kept = pc.equal(table.column("recognized").combine_chunks(), b"True").to_numpy(zero_copy_only=False)
    kept_before = np.append(0, np.cumsum(is_kept))[np.append(0, np.cumsum(read))].tolist()
    spans = [Span(part.file.label, *ends) for part, ends in zip(ranges, pairwise(kept_before), strict=True)]
    return Pack(read, judged.rows, spans)


def _is_small_csv(part: FileRange) -> bool:
    return part.of == 1 and part.file.format == "csv" and not part.file.is_gzipped and part.file.size < CHUNK_BYTES


def _body(part: FileRange) -> bytes:
    """Returns a file without its header."""
    with open_data_file(part.file.path) as stream:
        return stream.read().partition(b"\n")[2]


def _ends_and_is_ascii(bodies: Sequence[bytes], text: bytes) -> bool:
    """Tells whether no row runs on into the next file, and there is nothing to decode."""
    return all(body.endswith(b"\n") or not body for body in bodies) and text.isascii()


def _has_words(table: pa.Table, labels: Sequence[str], read: Sequence[int]) -> bool:
    """Tells whether all rows of each file are of its word."""
    words = table.column("word").combine_chunks().dictionary_encode()
    numbers = {label: number for number, label in enumerate(labels)}
    found = np.array([numbers.get(label_of(word.decode()), -1) for word in words.dictionary.to_pylist()], np.int64)
    expected = np.repeat([numbers[label] for label in labels], read)
    return bool((found[words.indices.to_numpy()] == expected).all())

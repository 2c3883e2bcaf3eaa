"""Reads CSV with pyarrow, chunk by chunk, and sets broken rows aside instead of giving up.

Columns are found by name, in any order; further columns are ignored; every cell stays text, so that no conversion can
fail. Rows are numbered from 1, without the header and blank lines, as a CSV parser counts them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from components.example_gen.regular_csv import parse_regular
from components.example_gen.row_batch import COLUMNS, ROW_COLUMN, BadRow, RowBatch

WRONG_COLUMN_COUNT = "wrong number of columns"


class _BrokenRecord(NamedTuple):
    """A record of the wrong width: its number in its piece, from 1, and its text."""

    number: int
    text: str


def read_csv(chunks: Iterable[bytes], columns: Sequence[str]) -> Iterator[RowBatch]:
    """Reads the rows of a CSV file.

    Args:
        chunks: the file behind its header, or a part of it, in pieces that end where a row ends.
        columns: the names in the header.

    Yields:
        Batches that together hold every row once, in the table or as a broken one. Bytes that are not UTF-8 become
        U+FFFD.
    """
    rows_before = 0
    for chunk in chunks:
        table, broken = _parse(_as_utf8(chunk), columns)
        numbers = _row_numbers(table.num_rows, [record.number for record in broken])
        table = table.append_column(ROW_COLUMN, pa.array(numbers + rows_before))
        records = [_BrokenRecord(record.number + rows_before, record.text) for record in broken]
        rows_before += table.num_rows + len(broken)
        recovered, bad_rows = _recover(records, columns)
        yield RowBatch(pa.concat_tables([table, *recovered]).combine_chunks(), bad_rows)


def _as_utf8(chunk: bytes) -> bytes:
    """Replaces bytes that are not UTF-8: pyarrow cannot report a broken row that has them, and then fails the file."""
    return chunk if chunk.isascii() else chunk.decode("utf-8", errors="replace").encode()


def _parse(data: bytes, columns: Sequence[str]) -> tuple[pa.Table, list[_BrokenRecord]]:
    """Parses whole rows without a header into a table of COLUMNS, and lists the records of the wrong width."""
    regular = parse_regular(data, columns)
    return (regular, []) if regular is not None else _parse_any(data, columns)


def _parse_any(data: bytes, columns: Sequence[str]) -> tuple[pa.Table, list[_BrokenRecord]]:
    """Parses what is not regular, too."""
    if not data.strip():
        return pa.table({name: pa.array([], pa.binary()) for name in COLUMNS}), []
    broken: list[_BrokenRecord] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        broken.append(_BrokenRecord(row.number, row.text))
        return "skip"

    # The streaming reader, though one block is all there is: it is ten times faster here than `pacsv.read_csv`.
    reader = pacsv.open_csv(
        pa.BufferReader(data),
        # One thread, or pyarrow would not tell the numbers of broken rows; one block, or it could cut a row in two.
        pacsv.ReadOptions(use_threads=False, block_size=len(data) + 1, column_names=list(columns)),
        pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=set_aside),
        pacsv.ConvertOptions(
            column_types={name: pa.binary() for name in COLUMNS},
            include_columns=list(COLUMNS),
            include_missing_columns=True,
            strings_can_be_null=False,
        ),
    )
    table = reader.read_all()
    country = pc.fill_null(table.column("countrycode"), b"")
    return table.set_column(table.schema.get_field_index("countrycode"), "countrycode", country), broken


def _row_numbers(num_rows: int, broken_numbers: Sequence[int]) -> np.ndarray:
    """Returns the numbers of the sound rows, int64 [num_rows]: 1.. without those of the broken ones."""
    numbers = np.arange(1, num_rows + len(broken_numbers) + 1)
    return np.delete(numbers, np.asarray(broken_numbers, np.int64) - 1)


def _recover(records: Sequence[_BrokenRecord], columns: Sequence[str]) -> tuple[list[pa.Table], list[BadRow]]:
    """Saves the good rows that an unbalanced quote in the row before has swallowed, by reading line by line.

    The lines of a record that are no rows of their own are one bad row together.
    """
    recovered, bad_rows = [], []
    for record in records:
        lines = record.text.split("\n")
        useless = lines if len(lines) == 1 else []
        for line in lines if len(lines) > 1 else []:
            table, broken = _parse(line.encode(), columns)
            useless += [line] if broken else []
            numbers = np.full(table.num_rows, record.number)
            recovered.append(table.append_column(ROW_COLUMN, pa.array(numbers)))
        if useless:
            bad_rows.append(BadRow(record.number, "", "", WRONG_COLUMN_COUNT, "\n".join(useless)))
    return recovered, bad_rows

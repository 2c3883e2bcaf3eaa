"""Rows of a file in its order, or a sentence about the first that is none: every row of a test set needs an answer."""

from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from components.errors import DataRefusedError, UsageError
from components.example_gen.csv_reader import read_csv
from components.example_gen.data_file import DataFile, UnreadableFileError, open_data_file
from components.example_gen.ndjson_reader import read_ndjson
from components.example_gen.row_batch import ROW_COLUMN
from components.example_gen.row_chunks import iter_chunks

PIECE_BYTES = 1 << 20
_SHOWN = 60


class Piece(NamedTuple):
    """Some whole rows of a file: where their bytes begin, and these."""

    offset: int
    data: bytes


def iter_pieces(file: DataFile, piece_bytes: int = PIECE_BYTES) -> Iterator[Piece]:
    """Reads a file from its first row to its last.

    Whether a line end lies inside quotes depends on all bytes before it, and here all of them have been seen. So the
    cuts are right whatever the fields hold.

    Args:
        file: of `components.submission.drawings_file`.
        piece_bytes: about how much is read at once.

    Raises:
        UsageError: the file cannot be read to its end.
    """
    try:
        with open_data_file(file.path) as stream:
            if file.format == "csv":
                stream.readline()
            offset = stream.tell()
            for data in iter_chunks(stream, file.format, chunk_bytes=piece_bytes):
                yield Piece(offset, data)
                offset += len(data)
    except UnreadableFileError as error:
        raise UsageError(f"{error}.") from error


def read_piece(file: DataFile, offset: int, size: int) -> Piece:
    """Reads one piece again.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        with open_data_file(file.path) as stream:
            stream.seek(offset)
            return Piece(offset, stream.read(size))
    except UnreadableFileError as error:
        raise UsageError(f"{error}.") from error


def rows_of(piece: Piece, file: DataFile, rows_before: int) -> pa.Table:
    """Parses the rows of a piece.

    Args:
        piece: of `iter_pieces`.
        file: that it is from.
        rows_before: rows of the file before it, for the sentence.

    Returns:
        A table with the columns of `components.example_gen.row_batch.COLUMNS`, binary, in the file's order.

    Raises:
        DataRefusedError: a row has the wrong number of columns, or a line is no JSON object.
    """
    batches = read_csv([piece.data], file.columns) if file.format == "csv" else read_ndjson([piece.data])
    (batch,) = batches
    if batch.broken:
        first = min(batch.broken)
        raise DataRefusedError(
            f"{file.path}, row {rows_before + first.row:,}: {first.reason}: {first.text[:_SHOWN]!r}; "
            "every row needs an answer, so mend it or take it out."
        )
    numbers = batch.rows.column(ROW_COLUMN).to_numpy()
    # The lines of ndjson that are written as Google writes them are read first.
    if (numbers[1:] < numbers[:-1]).any():
        return batch.rows.take(pc.array_sort_indices(pa.array(numbers)))
    return batch.rows


def iter_rows(file: DataFile) -> Iterator[pa.Table]:
    """Reads all rows of a file; see `iter_pieces` and `rows_of`."""
    rows_before = 0
    for piece in iter_pieces(file):
        rows = rows_of(piece, file, rows_before)
        yield rows
        rows_before += rows.num_rows

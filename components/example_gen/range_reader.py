"""Reads the rows of one range of a file, whatever its format."""

from collections.abc import Iterator
from typing import BinaryIO

from components.example_gen.csv_reader import read_csv
from components.example_gen.data_file import open_data_file
from components.example_gen.ndjson_reader import read_ndjson
from components.example_gen.row_batch import RowBatch
from components.example_gen.row_boundaries import range_bounds
from components.example_gen.row_chunks import CHUNK_BYTES, iter_chunks
from components.example_gen.work_plan import FileRange


def read_range(part: FileRange, chunk_bytes: int = CHUNK_BYTES) -> Iterator[RowBatch]:
    """Reads the rows that begin in a range.

    Args:
        part: the range.
        chunk_bytes: about how much is read and parsed at once.

    Yields:
        Batches that together hold every row once. Rows are numbered from 1, from the beginning of the range.

    Raises:
        UnreadableFileError: of `data_file`, if the file cannot be read to its end.
    """
    with open_data_file(part.file.path) as stream:
        num_bytes = _seek_first_row(stream, part)
        chunks = iter_chunks(stream, part.file.format, num_bytes, chunk_bytes)
        yield from read_csv(chunks, part.file.columns) if part.file.format == "csv" else read_ndjson(chunks)


def _seek_first_row(stream: BinaryIO, part: FileRange) -> int | None:
    """Goes to the first row of a range; returns how many bytes its rows have, None for all that follow."""
    # A gzipped file's size is not that of its text, and it is one range anyway.
    start, end = (0, None) if part.file.is_gzipped else range_bounds(stream, part)
    stream.seek(start)
    if start == 0 and part.file.format == "csv":
        stream.readline()
    return None if end is None else max(0, end - stream.tell())

"""Rows of a file in its order, or a sentence about the first that is none: every row of a test set needs an answer."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from components.errors import DataRefusedError, UsageError
from components.example_gen.data_file import UnreadableFileError
from components.example_gen.range_reader import read_range
from components.example_gen.row_batch import ROW_COLUMN
from components.example_gen.work_plan import FileRange

_SHOWN = 60


def iter_rows(part: FileRange, rows_before: int = 0) -> Iterator[pa.Table]:
    """Reads the rows that begin in a range.

    Args:
        part: of a file with at least the columns that are asked for later.
        rows_before: rows of the file before the range, for the sentence.

    Yields:
        Tables with the columns of `components.example_gen.row_batch.COLUMNS`, binary.

    Raises:
        DataRefusedError: a row has the wrong number of columns, or a line is no JSON object.
        UsageError: the file cannot be read to its end.
    """
    try:
        for batch in read_range(part):
            if batch.broken:
                first = min(batch.broken)
                raise DataRefusedError(
                    f"{part.file.path}, row {rows_before + first.row:,}: {first.reason}: {first.text[:_SHOWN]!r}; "
                    "every row needs an answer, so mend it or take it out."
                )
            yield _in_order(batch.rows)
    except UnreadableFileError as error:
        raise UsageError(f"{error}.") from error


def _in_order(rows: pa.Table) -> pa.Table:
    """Sorts rows by their numbers where the reader has not kept the file's order."""
    numbers = rows.column(ROW_COLUMN).to_numpy()
    return rows if (numbers[1:] >= numbers[:-1]).all() else rows.take(pc.array_sort_indices(numbers))

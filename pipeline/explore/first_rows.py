"""The first rows of a file, as they lie there: the table that the notebook begins with."""

from dataclasses import dataclass

from components.example_gen.data_file import DataFile
from components.example_gen.range_reader import read_range
from components.example_gen.row_batch import COLUMNS
from components.example_gen.work_plan import FileRange

_ROWS = 5
_PIECE_BYTES = 1 << 16
_MOST_TEXT = 48


@dataclass(frozen=True)
class FirstRow:
    """A row's cells, nothing judged; `drawing` is cut to its beginning."""

    countrycode: str
    drawing: str
    key_id: str
    recognized: str
    word: str


def first_rows(file: DataFile) -> list[FirstRow]:
    """Reads the beginning of a file.

    Args:
        file: any data file.

    Returns:
        At most five rows; those that the reader can make nothing of are left out.
    """
    # A piece of a large file is enough; `FileRange` would look for the row that ends it.
    batch = next(read_range(FileRange(file, 0, 1), _PIECE_BYTES), None)
    if batch is None:
        return []
    rows = batch.rows.slice(0, _ROWS).select(COLUMNS).to_pylist()
    return [FirstRow(**{name: _shortened(cell.decode()) for name, cell in row.items()}) for row in rows]


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"

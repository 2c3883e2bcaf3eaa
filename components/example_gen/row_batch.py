"""Rows as a reader hands them on, whatever the format of the file: all cells are text, nothing is judged yet."""

from typing import NamedTuple

import pyarrow as pa

COLUMNS = ("countrycode", "drawing", "key_id", "recognized", "word")
ROW_COLUMN = "row"


class BadRow(NamedTuple):
    """A row that cannot be used: its number in the file, what could be read of it, the reason, the offending text."""

    row: int
    key_id: str
    word: str
    reason: str
    text: str


class RowBatch(NamedTuple):
    """Rows as read: a table of COLUMNS (binary) and `row` (int64), and the rows that are none."""

    rows: pa.Table
    broken: list[BadRow]

    @property
    def num_rows(self) -> int:
        """How many rows were read."""
        return self.rows.num_rows + len(self.broken)

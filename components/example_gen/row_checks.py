"""Judges rows: kept, filtered (not recognized) or quarantined with a reason."""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.example_gen.csv_reader import ROW_COLUMN, BadRow, RowBatch
from components.example_gen.drawing_shapes import measure_drawings
from components.example_gen.file_selection import label_of

_REPLACEMENT = "\ufffd"
_FAULTS = {
    "countrycode": "countrycode is not UTF-8",
    "key_id": "key_id is empty or not UTF-8",
    "word": "word is empty or not UTF-8",
    "recognized": "recognized is neither True nor False",
}


class JudgedRows(NamedTuple):
    """What became of a batch.

    Attributes:
        rows: the good rows; binary `key_id`, `countrycode`, `drawing`, `label` and int64 `strokes`, `points`.
        filtered: label -> rows that are well-formed and not recognized.
        quarantined: the malformed rows.
    """

    rows: pa.Table
    filtered: Counter[str]
    quarantined: list[BadRow]


def judge_rows(batch: RowBatch) -> JudgedRows:
    """Sorts rows into good, filtered and malformed ones."""
    table = batch.rows
    quarantined = list(batch.broken)
    is_sound = np.ones(table.num_rows, bool)
    for column, is_faulty in _find_faults(table).items():
        faulty = is_sound & is_faulty
        quarantined += _bad_rows(table.filter(pa.array(faulty)), column, _FAULTS[column])
        is_sound &= ~is_faulty
    table = _with_labels(table.filter(pa.array(is_sound)))
    is_recognized = pc.equal(table.column("recognized"), b"True")
    filtered = Counter(_texts(table.filter(pc.invert(is_recognized)), "label"))
    good, malformed = _check_drawings(table.filter(is_recognized).combine_chunks())
    return JudgedRows(good, filtered, quarantined + malformed)


def _find_faults(table: pa.Table) -> dict[str, np.ndarray]:
    """Returns, for each column but the drawing, which of its cells are malformed, bool [N]."""

    def is_not_text(column: str) -> np.ndarray:
        return np.asarray(pc.match_substring(table.column(column), _REPLACEMENT), bool)

    def is_blank(column: str) -> np.ndarray:
        return np.asarray(pc.match_substring_regex(table.column(column), r"\A\s*\z"), bool)

    recognized = pa.array([b"True", b"False"], pa.binary())
    return {
        "countrycode": is_not_text("countrycode"),
        "recognized": ~np.asarray(pc.is_in(table.column("recognized"), recognized), bool),
        "key_id": is_blank("key_id") | is_not_text("key_id"),
        "word": is_blank("word") | is_not_text("word"),
    }


def _with_labels(table: pa.Table) -> pa.Table:
    """Adds the column `label`, binary, in which spaces of the word are underscores."""
    words = table.column("word").combine_chunks().dictionary_encode()
    labels = pa.array([label_of(word.decode()).encode() for word in words.dictionary.to_pylist()], pa.binary())
    return table.append_column("label", labels.take(words.indices))


def _check_drawings(table: pa.Table) -> tuple[pa.Table, list[BadRow]]:
    """Measures the drawings and takes out the malformed ones."""
    shapes = measure_drawings(table.column("drawing").combine_chunks())
    good = table.select(["key_id", "countrycode", "drawing", "label"])
    good = good.append_column("strokes", pa.array(shapes.strokes)).append_column("points", pa.array(shapes.points))
    malformed: list[BadRow] = []
    for index, reason in shapes.errors.items():
        malformed += _bad_rows(table.slice(index, 1), "drawing", f"drawing: {reason}")
    return good.filter(pa.array(shapes.points > 0)), malformed


def _bad_rows(table: pa.Table, column: str, reason: str) -> list[BadRow]:
    """Describes malformed rows by the cell that is wrong."""
    cells = zip(
        table.column(ROW_COLUMN).to_pylist(),
        _texts(table, "key_id"),
        _texts(table, "word"),
        _texts(table, column),
        strict=True,
    )
    return [BadRow(row, key_id, word, reason, text) for row, key_id, word, text in cells]


def _texts(table: pa.Table, column: str) -> list[str]:
    """Returns a binary column, which the reader has made UTF-8, as text."""
    return [cell.decode() for cell in table.column(column).to_pylist()]

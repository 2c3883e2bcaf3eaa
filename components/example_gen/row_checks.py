"""Judges rows: good, filtered (not recognized) or quarantined with a reason."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.example_gen.data_file import label_of
from components.example_gen.drawing_shapes import measure_drawings
from components.example_gen.row_batch import ROW_COLUMN, BadRow, RowBatch

OTHER_WORD = "word is not the one that the file is named after"
_REPLACEMENT = "\ufffd"
_FAULTS = {
    "countrycode": "countrycode is not UTF-8",
    "key_id": "key_id is empty or not UTF-8",
    "word": "word is empty or not UTF-8",
    "recognized": "recognized is neither True nor False",
}
_TRUTH_VALUES = pa.array([b"True", b"False"], pa.binary())
_KEPT_COLUMNS = ["key_id", "countrycode", "drawing"]


class JudgedRows(NamedTuple):
    """What became of a batch.

    Attributes:
        rows: the good rows; binary `key_id`, `countrycode`, `drawing` and int64 `strokes`, `points`.
        filtered: how many rows are well-formed and not recognized.
        quarantined: the malformed rows, in the order of the file.
    """

    rows: pa.Table
    filtered: int
    quarantined: list[BadRow]


def judge_rows(batch: RowBatch, label: str | None) -> JudgedRows:
    """Sorts rows into good, filtered and malformed ones.

    Args:
        batch: rows of one file.
        label: the label that the file is named after, and that all its rows must have; None if that is known already.
    """
    table = batch.rows
    quarantined = list(batch.broken)
    is_sound = np.ones(table.num_rows, bool)
    for column, reason, is_faulty in _find_faults(table, label):
        quarantined += _bad_rows(table, np.flatnonzero(is_sound & is_faulty), column, reason)
        is_sound &= ~is_faulty
    is_recognized = np.asarray(pc.equal(table.column("recognized"), b"True"), bool)
    rows, malformed = _check_drawings(table, is_sound & is_recognized)
    filtered = int(np.count_nonzero(is_sound & ~is_recognized))
    return JudgedRows(rows, filtered, sorted(quarantined + malformed))


def _find_faults(table: pa.Table, label: str | None) -> list[tuple[str, str, np.ndarray]]:
    """Returns, for each thing to check but the drawing: the column, the reason, which cells fail, bool [N]."""
    columns = {name: table.column(name).combine_chunks() for name in _FAULTS}

    def is_not_text(column: str) -> np.ndarray:
        return _flags(pc.match_substring(columns[column], _REPLACEMENT))

    def is_blank(column: str) -> np.ndarray:
        return _flags(pc.match_substring_regex(columns[column], r"\A\s*\z"))

    faults = [
        ("countrycode", _FAULTS["countrycode"], is_not_text("countrycode")),
        ("recognized", _FAULTS["recognized"], ~_flags(pc.is_in(columns["recognized"], _TRUTH_VALUES))),
        ("key_id", _FAULTS["key_id"], is_blank("key_id") | is_not_text("key_id")),
        ("word", _FAULTS["word"], is_blank("word") | is_not_text("word")),
    ]
    return faults if label is None else [*faults, ("word", OTHER_WORD, _has_other_word(columns["word"], label))]


def _flags(values: pa.BooleanArray) -> np.ndarray:
    return values.to_numpy(zero_copy_only=False)


def _has_other_word(words: pa.BinaryArray, label: str) -> np.ndarray:
    """Tells which rows have another label, bool [N]; a file has few different words, so each is looked at once."""
    words = words.dictionary_encode()
    is_other = np.array([label_of(word.decode()) != label for word in words.dictionary.to_pylist()], bool)
    return is_other[np.asarray(words.indices)]


def _check_drawings(table: pa.Table, is_candidate: np.ndarray) -> tuple[pa.Table, list[BadRow]]:
    """Measures the drawings and takes out the rows that are no candidates or whose drawing is malformed."""
    # Of all rows, since leaving a few out would copy the others' drawings, which are most of a row's bytes.
    shapes = measure_drawings(table.column("drawing").combine_chunks())
    malformed: list[BadRow] = []
    for index, reason in shapes.errors.items():
        if is_candidate[index]:
            malformed += _bad_rows(table, np.array([index]), "drawing", f"drawing: {reason}")
    positions = np.flatnonzero(is_candidate & (shapes.points > 0))
    good = table.select(_KEPT_COLUMNS)
    good = good if len(positions) == table.num_rows else good.take(pa.array(positions))
    good = good.append_column("strokes", pa.array(shapes.strokes[positions]))
    return good.append_column("points", pa.array(shapes.points[positions])), malformed


def _bad_rows(table: pa.Table, positions: np.ndarray, column: str, reason: str) -> list[BadRow]:
    """Describes the malformed rows at some positions by the cell that is wrong."""
    if not len(positions):
        return []
    rows = table.take(pa.array(positions))
    cells = zip(
        rows.column(ROW_COLUMN).to_pylist(),
        _texts(rows, "key_id"),
        _texts(rows, "word"),
        _texts(rows, column),
        strict=True,
    )
    return [BadRow(row, key_id, word, reason, text) for row, key_id, word, text in cells]


def _texts(table: pa.Table, column: str) -> list[str]:
    """Returns a binary column, which the reader has made UTF-8, as text."""
    return [cell.decode() for cell in table.column(column).to_pylist()]

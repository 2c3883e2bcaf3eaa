"""The true words of the drawings, for whoever has them: `key_id,word`."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.errors import DataRefusedError
from components.example_gen.data_file import DataFile, label_of
from components.submission.drawings_file import LABEL_COLUMNS, find_drawings
from components.submission.file_rows import iter_rows
from components.submission.survey import survey


class Labels(NamedTuple):
    """The true words of N drawings.

    Attributes:
        path: of their file.
        keys: binary `[N]`, each once.
        words: int32 `[N]`, positions among `names`.
        names: the different words, with underscores.
    """

    path: str
    keys: pa.BinaryArray
    words: np.ndarray
    names: tuple[str, ...]

    def find(self, keys: pa.BinaryArray) -> np.ndarray:
        """Returns the positions of keys, int64; -1 for those that are not there."""
        return pc.fill_null(pc.index_in(keys, value_set=self.keys), -1).to_numpy().astype(np.int64)


def read_labels(path: str) -> Labels:
    """Reads a file of labels; all of it stays in memory, about forty bytes a row.

    Args:
        path: CSV or ndjson with `key_id` and `word`, which may have blanks or underscores; a local path or a URL.

    Raises:
        DataRefusedError: a row has no key or no word, or a key occurs twice.
        UsageError: the file cannot be used.
    """
    file = find_drawings(path, LABEL_COLUMNS)
    survey(file)
    table = pa.concat_tables(rows.select(["key_id", "word"]) for rows in iter_rows(file)).combine_chunks()
    _check_words(table, path)
    words = table.column("word").combine_chunks().dictionary_encode()
    names = [label_of(word.decode()) for word in words.dictionary.to_pylist()]
    distinct = sorted(set(names))
    # "alarm clock" and "alarm_clock" are one word.
    same = np.array([distinct.index(name) for name in names], np.int32)
    return Labels(path, table.column("key_id").combine_chunks(), same[words.indices.to_numpy()], tuple(distinct))


def check_labels(labels: Labels, file: DataFile) -> None:
    """Checks that labels and drawings have the same keys, before an hour of work is spent on them.

    Args:
        labels: of `read_labels`.
        file: of the drawings.

    Raises:
        DataRefusedError: a drawing has no label, or a label no drawing.
    """
    is_drawn = np.zeros(len(labels.keys), bool)
    row = 0
    for rows in iter_rows(file):
        keys = rows.column("key_id").combine_chunks()
        positions = labels.find(keys)
        missing = np.flatnonzero(positions < 0)
        if len(missing):
            key = keys[missing[0]].as_py().decode()
            raise DataRefusedError(
                f"{labels.path} has no label for the key_id {key}, row {row + missing[0] + 1:,} of {file.path}."
            )
        is_drawn[positions] = True
        row += len(keys)
    if not is_drawn.all():
        position = int(np.argmin(is_drawn))
        key = labels.keys[position].as_py().decode()
        raise DataRefusedError(
            f"{labels.path}, row {position + 1:,}: there is no drawing with the key_id {key} in {file.path}."
        )


def _check_words(table: pa.Table, path: str) -> None:
    is_missing = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(pc.cast(table.column("word"), pa.string()))), 0)
    if pc.any(is_missing).as_py():
        row = is_missing.index(True).as_py()
        raise DataRefusedError(
            f"{path}, row {row + 1:,}: the key_id {table['key_id'][row].as_py().decode()} has no word."
        )

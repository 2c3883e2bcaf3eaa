"""Which CSV files a run reads: listing a folder, choosing words, checking headers. Imports nothing heavy."""

import csv
import difflib
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from components.errors import UsageError

NEEDED_COLUMNS = ("drawing", "key_id", "recognized", "word")
_LABEL_COLUMNS = {"recognized", "word"}
# A header is one short line. The limit keeps a huge file without line ends from being read whole.
_MAX_HEADER_BYTES = 65_536


class CsvFile(NamedTuple):
    """A CSV file: its path, the label its name stands for, and the columns of its header."""

    path: str
    label: str
    columns: tuple[str, ...]


def label_of(word: str) -> str:
    """Returns the label of a word: `alarm clock` and `alarm_clock` are both `alarm_clock`."""
    return word.strip().replace(" ", "_")


def select_files(data_dir: str, words: Sequence[str] | None = None, num_words: int | None = None) -> list[CsvFile]:
    """Lists the labelled CSV files of a folder that a run shall read, and checks that it can.

    Args:
        data_dir: the folder of `<word>.csv` files. Unlabelled files such as `test_simplified.csv` are passed over.
        words: the words to read, with spaces or underscores; all of them if None.
        num_words: only the first so many words, sorted as Python sorts text (capital letters first).

    Returns:
        The files, sorted by label and path, at least two words.

    Raises:
        UsageError: if the folder, a word or a header cannot be used.
    """
    files = _labelled_files(data_dir)
    if words is not None:
        files = _with_words(files, [label_of(word) for word in words], data_dir)
    if num_words is not None:
        files = _first_words(files, num_words)
    for file in files:
        _check_columns(file)
    labels = {file.label for file in files}
    if len(labels) < 2:
        raise UsageError(f"a classifier needs at least two words, {data_dir} gave only {', '.join(sorted(labels))}")
    return files


def data_fingerprint(files: Sequence[CsvFile]) -> str:
    """Returns a hex digest that changes when a file is added, removed, renamed, resized or written to."""
    digest = hashlib.sha256()
    for file in sorted(files):
        status = Path(file.path).stat()
        digest.update(f"{Path(file.path).name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read_header(line: bytes) -> tuple[str, ...]:
    """Returns the column names in a CSV file's first line, which may begin with a byte order mark."""
    # The csv module raises at NUL characters, which UTF-16 files and pictures have; no column name does.
    text = line.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
    return tuple(name.strip() for name in next(csv.reader([text.rstrip("\r\n")]), []))


def _labelled_files(data_dir: str) -> list[CsvFile]:
    """Lists the CSV files of a folder, without those that carry drawings but no labels."""
    folder = Path(data_dir)
    if not folder.is_dir():
        raise UsageError(f"{data_dir} is not a folder; --data names the folder with the <word>.csv files")
    paths = sorted(path for path in folder.iterdir() if path.suffix == ".csv" and path.is_file())
    if not paths:
        raise UsageError(f"{data_dir} has no .csv file; --data names the folder with the <word>.csv files")
    files = [file for file in map(_open_header, paths) if not _is_unlabelled(file)]
    if not files:
        raise UsageError(f"{data_dir} has only unlabelled CSV files; training needs the columns recognized and word")
    return sorted(files, key=lambda file: (file.label, file.path))


def _open_header(path: Path) -> CsvFile:
    """Reads the first line of a CSV file."""
    try:
        with path.open("rb") as stream:
            header = read_header(stream.readline(_MAX_HEADER_BYTES))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    return CsvFile(str(path), label_of(path.stem), header)


def _is_unlabelled(file: CsvFile) -> bool:
    """Tells a test set (drawings and ids, no label) from a training file and from a broken one."""
    columns = set(file.columns)
    return {"drawing", "key_id"} <= columns and not columns & _LABEL_COLUMNS


def _with_words(files: list[CsvFile], labels: Sequence[str], data_dir: str) -> list[CsvFile]:
    """Keeps the files of the given labels; each label must have one."""
    known = sorted({file.label for file in files})
    for label in labels:
        if label not in known:
            nearest = difflib.get_close_matches(label, known, n=3, cutoff=0.5)
            hint = f"the nearest are {', '.join(nearest)}" if nearest else f"it has {len(known)} other words"
            raise UsageError(f"{data_dir} has no file for the word {label!r}; {hint}")
    return [file for file in files if file.label in labels]


def _first_words(files: list[CsvFile], num_words: int) -> list[CsvFile]:
    """Keeps the files of the first labels."""
    if num_words <= 0:
        raise UsageError(f"--num-words must be positive, not {num_words}")
    chosen = sorted({file.label for file in files})[:num_words]
    return [file for file in files if file.label in chosen]


def _check_columns(file: CsvFile) -> None:
    """Refuses a file whose header lacks a needed column."""
    if not any(file.columns):
        raise UsageError(f"{file.path} is empty; remove it or give it a header and rows")
    for column in NEEDED_COLUMNS:
        if column not in file.columns:
            header = ", ".join(file.columns)[:200]
            raise UsageError(f"{file.path} lacks the column {column!r}; its header is {header!r}")

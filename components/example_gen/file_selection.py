"""Which files a run reads: listing a folder, choosing words, checking headers. Imports nothing heavy."""

import difflib
import hashlib
from collections.abc import Sequence

import fsspec

from components.errors import UsageError
from components.example_gen.data_file import (
    DataFile,
    UnreadableFileError,
    format_of,
    label_of,
    label_of_file,
    open_data_file,
    read_header,
)
from components.store_errors import one_sentence

NEEDED_COLUMNS = ("drawing", "key_id", "recognized", "word")
_LABEL_COLUMNS = {"recognized", "word"}
# A header is one short line. The limit keeps a huge file without line ends from being read whole.
_MAX_HEADER_BYTES = 4_096
_WHAT_DATA_IS = "--data names the folder with the <word>.csv or <word>.ndjson files"


def select_files(
    data_dir: str, words: Sequence[str] | None = None, num_words: int | None = None, least_words: int = 2
) -> list[DataFile]:
    """Lists the labelled files of a folder that a run shall read, and checks that it can.

    Args:
        data_dir: the folder of `<word>.csv` and `<word>.ndjson` files, each plain or gzipped; a local path or a URL
            that fsspec knows. Unlabelled files such as `test_simplified.csv` are passed over.
        words: the words to read, with spaces or underscores; all of them if None.
        num_words: only the first so many words, sorted as Python sorts text (capital letters first).
        least_words: how many words there must be at least: two for a classifier, one for a look at the data.

    Returns:
        The files, sorted by label and path.

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
    if len(labels) < least_words:
        raise UsageError(f"a classifier needs at least two words, {data_dir} gave only {', '.join(sorted(labels))}")
    return files


def data_fingerprint(files: Sequence[DataFile]) -> str:
    """Returns a hex digest that changes when a file is added, removed, renamed, resized or written to."""
    digest = hashlib.sha256()
    for file in sorted(files):
        file_system, path = fsspec.core.url_to_fs(file.path)
        written = file_system.modified(path).timestamp()
        digest.update(f"{file.name}\0{file.size}\0{written:.6f}\n".encode())
    return digest.hexdigest()


def _labelled_files(data_dir: str) -> list[DataFile]:
    """Lists the data files of a folder, without those that carry drawings but no labels."""
    listed = [file for file in _list_folder(data_dir) if format_of(file.name)]
    if not listed:
        raise UsageError(f"{data_dir} has no .csv or .ndjson file; {_WHAT_DATA_IS}")
    files = [file for file in map(_with_header, listed) if not _is_unlabelled(file)]
    if not files:
        raise UsageError(f"{data_dir} has only unlabelled CSV files; training needs the columns recognized and word")
    return sorted(files, key=lambda file: (file.label, file.path))


def _list_folder(data_dir: str) -> list[DataFile]:
    """Lists all files of a folder, whatever they are."""
    with one_sentence(f"{data_dir} cannot be listed"):
        file_system, root = fsspec.core.url_to_fs(data_dir)
        if not file_system.isdir(root):
            raise UsageError(f"{data_dir} is not a folder; {_WHAT_DATA_IS}")
        entries = file_system.ls(root, detail=True)
    folder = data_dir.rstrip("/")
    names = {entry["name"].rsplit("/", 1)[-1]: entry for entry in entries if entry["type"] == "file"}
    return [
        DataFile(f"{folder}/{name}", label_of_file(name), format_of(name) or "", entry["size"])
        for name, entry in sorted(names.items())
    ]


def _with_header(file: DataFile) -> DataFile:
    """Reads the first line of a file; only a CSV file's names columns."""
    try:
        with open_data_file(file.path) as stream:
            line = stream.read(_MAX_HEADER_BYTES).partition(b"\n")[0]
    except UnreadableFileError as error:
        raise UsageError(str(error)) from error
    return file._replace(columns=read_header(line)) if file.format == "csv" else file


def _is_unlabelled(file: DataFile) -> bool:
    """Tells a test set (drawings and ids, no label) from a training file and from a broken one."""
    columns = set(file.columns)
    return {"drawing", "key_id"} <= columns and not columns & _LABEL_COLUMNS


def _with_words(files: list[DataFile], labels: Sequence[str], data_dir: str) -> list[DataFile]:
    """Keeps the files of the given labels; each label must have one."""
    known = sorted({file.label for file in files})
    for label in labels:
        if label not in known:
            nearest = difflib.get_close_matches(label, known, n=3, cutoff=0.5)
            hint = f"the nearest are {', '.join(nearest)}" if nearest else f"it has {len(known)} other words"
            raise UsageError(f"{data_dir} has no file for the word {label!r}; {hint}")
    return [file for file in files if file.label in labels]


def _first_words(files: list[DataFile], num_words: int) -> list[DataFile]:
    """Keeps the files of the first labels."""
    if num_words <= 0:
        raise UsageError(f"--num-words must be positive, not {num_words}")
    chosen = sorted({file.label for file in files})[:num_words]
    return [file for file in files if file.label in chosen]


def _check_columns(file: DataFile) -> None:
    """Refuses an empty file, and a CSV file whose header lacks a needed column."""
    if file.format != "csv" and file.size:
        return
    if not any(file.columns):
        raise UsageError(f"{file.path} is empty; remove it or copy it again")
    for column in NEEDED_COLUMNS:
        if column not in file.columns:
            header = ", ".join(file.columns)[:200]
            raise UsageError(f"{file.path} lacks the column {column!r}; its header is {header!r}")

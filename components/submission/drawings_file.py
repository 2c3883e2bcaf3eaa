"""The files that a submission reads: what they must have, and an unpacked copy where one must be read in pieces."""

import hashlib
import pathlib
import shutil

import fsspec

from components.disk import sync_to_disk
from components.errors import UsageError
from components.example_gen.data_file import (
    FORMATS,
    DataFile,
    UnreadableFileError,
    format_of,
    open_data_file,
    read_header,
)
from components.store_errors import one_sentence

DRAWING_COLUMNS = ("key_id", "drawing")
LABEL_COLUMNS = ("key_id", "word")
# A header is one short line. The limit keeps a huge file without line ends from being read whole.
_MAX_HEADER_BYTES = 65_536
_BLOCK_BYTES = 1 << 20


def find_drawings(path: str, columns: tuple[str, ...] = DRAWING_COLUMNS) -> DataFile:
    """Looks at a file without reading its rows.

    Args:
        path: CSV or ndjson, plain or gzipped; a local path or a URL that fsspec knows.
        columns: what the header of a CSV file must name, in any order, among others.

    Returns:
        The file; its label means nothing.

    Raises:
        UsageError: there is no such file, it is of another kind, it is empty or it lacks a column.
    """
    data_format = format_of(path)
    if data_format is None:
        raise UsageError(
            f"{path} must end in {' or '.join(f'.{name}' for name in FORMATS)}, or such an ending and .gz."
        )
    with one_sentence(f"{path} cannot be read"):
        file_system, inner = fsspec.core.url_to_fs(path)
        if not file_system.isfile(inner):
            raise UsageError(f"there is no file {path}.")
        size = file_system.size(inner)
    file = DataFile(path, "", data_format, size)
    return file if data_format == "ndjson" else _with_columns(file, columns)


def unpack(file: DataFile, folder: pathlib.Path) -> DataFile:
    """Unpacks a gzipped file, which can only be read from its beginning, so that workers share it and none holds it.

    Args:
        file: of `find_drawings`.
        folder: where the plain file goes; one that is there already is taken.

    Returns:
        The plain file; `file` itself if it is plain.

    Raises:
        UsageError: the gzip stream is none, or is cut short.
    """
    if not file.is_gzipped:
        return file
    plain = folder / f"unpacked.{file.format}"
    if not plain.is_file():
        unfinished = plain.with_suffix(".unfinished")
        try:
            with open_data_file(file.path) as packed, unfinished.open("wb") as target:
                shutil.copyfileobj(packed, target, _BLOCK_BYTES)
        except UnreadableFileError as error:
            raise UsageError(f"{error}.") from error
        sync_to_disk(unfinished)
        unfinished.rename(plain)
    return file._replace(path=str(plain), size=plain.stat().st_size)


def digest_of_file(file: DataFile) -> str:
    """Hashes the bytes of a file as it lies there, SHA-256 in hexadecimal.

    Raises:
        UsageError: it cannot be read.
    """
    digest = hashlib.sha256()
    with one_sentence(f"{file.path} cannot be read"), fsspec.open(file.path, "rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _with_columns(file: DataFile, columns: tuple[str, ...]) -> DataFile:
    try:
        with open_data_file(file.path) as stream:
            header = read_header(stream.read(_MAX_HEADER_BYTES).partition(b"\n")[0])
    except UnreadableFileError as error:
        raise UsageError(f"{error}.") from error
    if not any(header):
        raise UsageError(f"{file.path} is empty.")
    for column in columns:
        if header.count(column) != 1:
            there = ", ".join(header)[:200]
            raise UsageError(f"{file.path} must have one column {column}; its header is {there!r}.")
    return file._replace(columns=header)

"""A file of drawings: its word, its format, and how to open it wherever it lies. Imports nothing heavy."""

import csv
import pathlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import BinaryIO, NamedTuple

import fsspec
from isal.igzip_lib import IsalError

from components.urls import is_url

GZIP_SUFFIX = ".gz"
FORMATS = ("csv", "ndjson")
# What a browser makes of the folders in the data set's object names, `full/simplified/cat.ndjson`.
_FOLDERS_IN_NAME = re.compile(r"^full[_-](?:simplified|raw)[_-]")


class DataFile(NamedTuple):
    """A labelled file of drawings.

    Attributes:
        path: a local path or a URL such as `gs://bucket/cat.csv`.
        label: the label that its name stands for.
        format: one of FORMATS.
        size: bytes, as it lies there.
        columns: the header of a CSV file; empty for ndjson.
    """

    path: str
    label: str
    format: str
    size: int
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_gzipped(self) -> bool:
        """Whether the file must be read from its beginning."""
        return self.path.endswith(GZIP_SUFFIX)


def label_of(word: str) -> str:
    """Returns the label of a word: `alarm clock` and `alarm_clock` are both `alarm_clock`."""
    return word.strip().replace(" ", "_")


def stem_of(name: str) -> str:
    """Returns a data file's name without the endings of its format: `cat` for `cat.csv.gz`."""
    return name.removesuffix(GZIP_SUFFIX).rpartition(".")[0]


def label_of_file(name: str) -> str:
    """Returns the label that a data file's name stands for: `cat` for `full_simplified_cat.ndjson`."""
    return label_of(_FOLDERS_IN_NAME.sub("", stem_of(name)))


def format_of(name: str) -> str | None:
    """Returns which of FORMATS a file's name promises, gzipped or not; None for any other file."""
    ending = name.removesuffix(GZIP_SUFFIX).rpartition(".")[2]
    return ending if ending in FORMATS else None


class UnreadableFileError(Exception):
    """A file cannot be read to its end; the message is a sentence for its owner."""


@contextmanager
def open_data_file(path: str) -> Iterator[BinaryIO]:
    """Opens a file's plain content for reading, unpacked if its name ends in `.gz`.

    Raises:
        UnreadableFileError: here or while reading: it cannot be opened, is no gzip stream, or one that is cut short.
    """
    try:
        with _opened(path) as stream:
            yield stream
    except EOFError as error:
        raise UnreadableFileError(f"{path} is cut short: its gzip stream has no end; copy the file again") from error
    except (OSError, IsalError) as error:  # type: ignore[misc]  # isal's stubs take its exception for a value
        reason = getattr(error, "strerror", None) or error
        raise UnreadableFileError(f"{path} cannot be read: {reason}; copy the file again") from error


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path.endswith(GZIP_SUFFIX):
        return fsspec.open(path, "rb", compression="gzip")
    # fsspec takes longer to open a small local file than it takes to read it.
    return fsspec.open(path, "rb") if is_url(path) else pathlib.Path(path).open("rb")


def read_header(line: bytes) -> tuple[str, ...]:
    """Returns the column names in a CSV file's first line, which may begin with a byte order mark."""
    # The csv module raises at NUL characters, which UTF-16 files and pictures have; no column name does.
    text = line.decode("utf-8-sig", errors="replace").replace("\0", "\ufffd")
    return tuple(name.strip() for name in next(csv.reader([text.rstrip("\r\n")]), []))

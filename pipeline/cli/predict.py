"""The verb `quickdraw predict`: what do these drawings show?"""

import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from components.errors import UsageError

if TYPE_CHECKING:
    from serving.client import Guess

_BATCH_SIZE = 256
_LONGEST_CELL = 2**27  # the csv module's own limit, 128 KiB, is below what a drawing may need


def predict(
    file: Annotated[
        str, typer.Argument(help="A file with one JSON drawing a line, a Quick, Draw! CSV file (*.csv), or - .")
    ],
    server: Annotated[str, typer.Option(help="host:port of the gRPC server.")] = "127.0.0.1:8500",
) -> None:
    """Ask a running server for the best three words of each drawing.

    Prints one line a drawing, such as `airplane 0.91  ant 0.04  angel 0.01`, or `not a drawing`.

    Raises:
        UsageError: The file cannot be read, is empty or has no drawing in it, or no server answers.
    """
    from serving.client import DoodleClient

    recognized = asked = 0
    with _open(file) as lines, DoodleClient(server) as client:
        drawings = _csv_drawings(file, lines) if file.lower().endswith(".csv") else _line_drawings(lines)
        while batch := list(islice(drawings, _BATCH_SIZE)):
            for guesses in client.predict(batch):
                asked += 1
                recognized += _is_drawing(guesses)
                print(_as_line(guesses))
    if not asked:
        raise UsageError(f"There is no drawing in {file}: it is empty.")
    if not recognized:
        raise UsageError(f"Nothing in {file} is a drawing: give one JSON list of [[x...], [y...]] strokes a line.")


def _open(file: str) -> TextIO:
    """Opens the file, or standard input for `-`; bytes that are no UTF-8 pass through for the server to refuse."""
    path: str | int = 0 if file == "-" else file
    try:
        return open(path, encoding="utf-8-sig", errors="surrogateescape", newline="", closefd=file != "-")
    except OSError as error:
        raise UsageError(f"Cannot read {file}: {error.strerror}.") from error


def _line_drawings(lines: TextIO) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip())


def _csv_drawings(file: str, lines: TextIO) -> Iterator[str]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(lines)
    try:
        header = reader.fieldnames or ["drawing"]  # a file without a header has no rows either
        if "drawing" not in header:
            raise UsageError(f"{file} has no column named drawing: its header is {','.join(header)}.")
        for row in reader:
            yield row["drawing"] or ""
    except csv.Error as error:
        raise UsageError(f"{file} is not a CSV file: after line {reader.line_num}: {error}.") from error


def _is_drawing(guesses: Sequence["Guess"]) -> bool:
    return any(guess.word for guess in guesses)


def _as_line(guesses: Sequence["Guess"]) -> str:
    if not _is_drawing(guesses):
        return "not a drawing"
    return "  ".join(f"{guess.word} {guess.score:.2f}" for guess in guesses if guess.word)

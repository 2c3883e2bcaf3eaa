"""The verb `quickdraw predict`: what do these drawings show?"""

import shutil
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import UsageError
from pipeline.cli.logs import discard_output
from pipeline.cli.predict.answers import AnswerPrinter
from pipeline.cli.predict.drawing_rows import DrawingRow, name_of, read_rows
from pipeline.cli.predict.progress_line import ProgressLine
from pipeline.cli.predict.server_options import open_client

if TYPE_CHECKING:
    from serving.client import DoodleClient, Guess

_ROWS_AT_A_TIME = 256
_WIDEST_PICTURE = 32


def predict(
    drawings: Annotated[
        str,
        typer.Argument(
            help="A drawing as JSON, or a file of drawings, or - for standard input: one JSON drawing a line, a JSON "
            "list of drawings, Quick, Draw! ndjson, or CSV (*.csv). Raw drawings are simplified first."
        ),
    ],
    server: Annotated[
        str | None, typer.Option(help="host:port of the gRPC server; 127.0.0.1:8500 by default.", show_default=False)
    ] = None,
    rest: Annotated[
        str | None, typer.Option(help="Ask a REST server instead: http://host:port or https://host:port.")
    ] = None,
    model_name: Annotated[str, typer.Option(help="The model's name on the server.")] = "quickdraw",
    top: Annotated[int, typer.Option(min=1, help="The most words a drawing; the models answer three.")] = 3,
    is_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a drawing: row, words, scores, error.")
    ] = False,
    picture: Annotated[
        bool | None,
        typer.Option(
            "--picture/--no-picture", help="Draw in the terminal; by default a single drawing is.", show_default=False
        ),
    ] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Encrypt gRPC; each of the files below does so too.")] = False,
    ca_file: Annotated[Path | None, typer.Option(help="PEM file of the authority behind the server.")] = None,
    client_cert: Annotated[Path | None, typer.Option(help="PEM file of the client's certificate.")] = None,
    client_key: Annotated[Path | None, typer.Option(help="PEM file of the client's key.")] = None,
) -> None:
    """Ask a running server for the best three words of each drawing.

    Prints one line a drawing, such as `airplane 0.91  ant 0.04  angel 0.01`, or `not a drawing`, which is explained on
    standard error.

    Raises:
        UsageError: The drawings cannot be read, there is none among them, options that contradict each other, or no
            server answers.
        QuickdrawError: The server refused the request, could not take it or missed the deadline.
    """
    rows = read_rows(drawings)
    first = list(islice(rows, 2))
    is_one = len(first) == 1
    columns = _picture_columns(picture, is_json, is_one)
    client = open_client(server, rest, model_name, tls, ca_file, client_cert, client_key)
    with client, ProgressLine() as progress:
        printer = AnswerPrinter(name_of(drawings), is_one, top, is_json, columns, progress)
        try:
            for row, guesses in _ask(client, chain(first, rows)):
                printer.print(row, guesses)
        except BrokenPipeError:
            discard_output()  # nobody reads any more, as behind `| head`
            return
    printer.check()


def _ask(client: "DoodleClient", rows: Iterator[DrawingRow]) -> Iterator[tuple[DrawingRow, list["Guess"]]]:
    """Yields every row with its guesses; there are none for a row that is no drawing, which is not sent."""
    while batch := list(islice(rows, _ROWS_AT_A_TIME)):
        answers = iter(client.predict(row.text for row in batch if row.text))
        for row in batch:
            yield row, next(answers) if row.text else []


def _picture_columns(wanted: bool | None, is_json: bool, is_one: bool) -> int:
    """Returns how wide pictures are, 0 for none; unless told otherwise a single drawing on a terminal has one."""
    if wanted and is_json:
        raise UsageError("A picture is no JSON: leave out --picture or --json.")
    if wanted is None:
        wanted = is_one and not is_json and sys.stdout.isatty() and _can_print("⠿")
    elif wanted and not _can_print("⠿"):
        raise UsageError(f"Pictures are braille, which {sys.stdout.encoding} has not: set PYTHONIOENCODING=utf-8.")
    return min(_WIDEST_PICTURE, shutil.get_terminal_size().columns // 2 * 2) if wanted else 0


def _can_print(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True

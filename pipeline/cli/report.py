"""`quickdraw report`: where the newest run's page is, and a browser that shows it."""

import pathlib
import webbrowser
from typing import Annotated

import typer

from components.errors import UsageError
from pipeline.cli.logs import say
from pipeline.config import REPORT_FILE


def report(
    workspace: Annotated[pathlib.Path, typer.Option(help="Folder of everything a run makes.")] = pathlib.Path(
        "workspace"
    ),
    open_it: Annotated[bool, typer.Option("--open", help="Open it in the default browser.")] = False,
) -> None:
    """Print the path of the newest run's report."""
    path = (workspace / REPORT_FILE).resolve()
    if not path.is_file():
        raise UsageError(f"there is no report {path} yet; `quickdraw run --data DIR` writes it when it has finished.")
    say(str(path))
    if open_it and not webbrowser.open(path.as_uri()):
        raise UsageError(f"no browser was found to open {path}; open it by hand, or name one in $BROWSER.")

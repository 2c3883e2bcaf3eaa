"""`quickdraw models mirror`: a registry on an object store, as a folder."""

import pathlib
from typing import Annotated

import typer

from components.errors import UsageError
from components.pusher import mirror as mirroring
from components.urls import is_url
from pipeline.cli.logs import say, set_up_logs


def mirror(
    registry: Annotated[str, typer.Option(help="URL of the registry, such as s3://bucket/models/quickdraw.")],
    folder: Annotated[pathlib.Path, typer.Option(help="Folder of versions for a server to read; made if missing.")],
    every: Annotated[float, typer.Option(min=0, help="Seconds between looks, for ever; 0 for one look.")] = 0,
) -> None:
    """Copy the newest version out of an object store for a server that reads folders only."""
    if not is_url(registry):
        raise UsageError(f"--registry {registry} is a folder, which a server can read itself.")
    set_up_logs(verbose=False)
    if every:
        mirroring.keep_mirroring(registry, folder, every)
    elif not mirroring.mirror(registry, folder):
        say("nothing new.")

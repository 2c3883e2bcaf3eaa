"""The verbs of `quickdraw models`."""

import typer

from pipeline.cli.models.changes import pin, prune, rollback, unpin
from pipeline.cli.models.details import show
from pipeline.cli.models.listing import list_models
from pipeline.cli.models.mirror import mirror

models = typer.Typer(
    help="List the pushed models, show where one came from, and choose what serves and what stays.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
models.command(name="list")(list_models)
for verb in (show, rollback, pin, unpin, prune, mirror):
    models.command()(verb)

"""`quickdraw schema`: what would the schema have to be, and take it over."""

import pathlib
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import UsageError
from pipeline.cli.logs import hush_absl, set_up_logs
from pipeline.config import PIPELINE_NAME
from pipeline.schema_file import ACCEPTED_SCHEMA, read_schema, schema_in_use
from schema.loader import load_schema

if TYPE_CHECKING:
    from pipeline.schema_update import SchemaUpdate

schema = typer.Typer(
    help="Show or accept what the newest data of a workspace would change in the schema.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Workspace = Annotated[pathlib.Path, typer.Option(help="Folder of everything a run makes.")]
_Schema = Annotated[
    pathlib.Path | None,
    typer.Option("--schema", help="Schema to begin with; default: WORKSPACE/schema.pbtxt, else the packaged one."),
]
_DEFAULT_WORKSPACE = pathlib.Path("workspace")


@schema.command()
def diff(workspace: _Workspace = _DEFAULT_WORKSPACE, schema_file: _Schema = None) -> None:
    """Print what is wrong with the newest data, and which lines of the schema would have to change."""
    _show(workspace, schema_file)


@schema.command()
def accept(workspace: _Workspace = _DEFAULT_WORKSPACE, schema_file: _Schema = None) -> None:
    """Write the changed schema to WORKSPACE/schema.pbtxt, which later runs of that workspace use."""
    update = _show(workspace, schema_file)
    if not update.changes:
        return
    from pipeline.schema_update import write_accepted

    path = workspace / ACCEPTED_SCHEMA
    write_accepted(update, path)
    print(f"\naccepted: {path}; the next `quickdraw run --workspace {workspace}` uses it.")


def _newest_statistics(workspace: pathlib.Path) -> pathlib.Path:
    """Finds what StatisticsGen wrote last, whether the gate then refused the data or not."""
    from pipeline.run_metadata import newest_output

    folder = newest_output(str(workspace / "metadata.sqlite"), PIPELINE_NAME, "StatisticsGen", "statistics")
    if folder is None:
        raise UsageError(
            f"the workspace {workspace} has no statistics to infer a schema from; run "
            f"`quickdraw run --data DIR --workspace {workspace}` first."
        )
    return folder


def _show(workspace: pathlib.Path, schema_file: pathlib.Path | None) -> "SchemaUpdate":
    """Infers the update and prints it."""
    path = schema_in_use(workspace, schema_file)
    before = read_schema(path) if path else load_schema()
    statistics = _newest_statistics(workspace)
    set_up_logs(verbose=False)
    # TFDV takes seconds to import, which neither `quickdraw --help` nor a mistyped option should cost.
    from pipeline.schema_update import infer_update

    hush_absl(verbose=False)
    update = infer_update(statistics, before)
    print(f"statistics: {update.statistics}")
    print(f"schema:     {path or 'the packaged one'}")
    for sentence in update.anomalies:
        print(f"  {sentence}")
    print(f"\n{update}")
    return update

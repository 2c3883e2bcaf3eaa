"""The command `quickdraw`: one verb a module, one sentence and an exit code for what a user can cause."""

import sys

import typer

from components.errors import QuickdrawError
from pipeline.cli.download import download
from pipeline.cli.explore import explore
from pipeline.cli.flink.app import flink
from pipeline.cli.kubeflow.app import kubeflow
from pipeline.cli.models.app import models
from pipeline.cli.predict.verb import predict
from pipeline.cli.report import report
from pipeline.cli.run import run
from pipeline.cli.schema import schema
from pipeline.cli.serve import serve
from pipeline.cli.submit.verb import submit
from pipeline.cli.synth import synth
from pipeline.cli.tf_serving_flags import TfServingCommand

app = typer.Typer(
    help="Doodles in, a served classifier out: a TFX pipeline for Quick, Draw! CSVs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Plain text: an error is one sentence, not a box.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (synth, download, explore, run, predict, submit, report):
    app.command()(verb)
app.command(cls=TfServingCommand)(serve)
app.add_typer(schema, name="schema")
app.add_typer(models, name="models")
app.add_typer(kubeflow, name="kubeflow")
app.add_typer(flink, name="flink")


def main() -> None:
    """Runs the command line.

    Raises:
        SystemExit: 0 done; 2 wrong usage; 3 not blessed; 4 data refused; 1 anything else.
    """
    try:
        app()
    except QuickdrawError as error:
        print(f"quickdraw: {error}", file=sys.stderr)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()

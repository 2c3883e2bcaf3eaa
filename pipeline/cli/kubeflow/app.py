"""The verbs of `quickdraw kubeflow`."""

import typer

from pipeline.cli.kubeflow.logs import logs
from pipeline.cli.kubeflow.schedule import schedule
from pipeline.cli.kubeflow.status import status
from pipeline.cli.kubeflow.submit import submit

kubeflow = typer.Typer(
    help="Run the pipeline on Kubeflow Pipelines 2: compile, submit, schedule, and see what became of a run.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for verb in (submit, schedule, status, logs):
    kubeflow.command()(verb)

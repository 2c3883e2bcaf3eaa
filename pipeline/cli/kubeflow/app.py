"""The verbs of `quickdraw kubeflow`."""

import typer

from pipeline.cli.kubeflow.compile import compile_
from pipeline.cli.kubeflow.lint import lint
from pipeline.cli.kubeflow.logs import logs
from pipeline.cli.kubeflow.schedule import schedule
from pipeline.cli.kubeflow.status import status
from pipeline.cli.kubeflow.submit import submit

kubeflow = typer.Typer(
    help="The same pipeline on Kubeflow Pipelines v2: compile, submit, schedule, and see what became of a run.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
kubeflow.command(name="compile")(compile_)
for verb in (lint, submit, schedule, status, logs):
    kubeflow.command()(verb)

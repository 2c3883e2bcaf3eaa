"""The verbs of `quickdraw kubeflow`."""

import typer

from pipeline.cli.kubeflow.compile import compile_
from pipeline.cli.kubeflow.lint import lint

kubeflow = typer.Typer(
    help="The same pipeline on Kubeflow Pipelines v2.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
kubeflow.command(name="compile")(compile_)
kubeflow.command()(lint)

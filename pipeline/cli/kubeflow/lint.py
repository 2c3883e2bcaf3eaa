"""`quickdraw kubeflow lint`: what KFP would refuse late, or accept and do wrong."""

import pathlib
from typing import Annotated

import typer

from pipeline.cli.logs import say, set_up_logs


def lint(pipeline: Annotated[pathlib.Path, typer.Argument(help="A compiled pipeline, ours or another's.")]) -> None:
    """Check a compiled pipeline before it is uploaded."""
    set_up_logs(verbose=False)
    from pipeline.kubeflow.documents import read_documents
    from pipeline.kubeflow.lint.lint import refuse_findings

    refuse_findings(read_documents(pipeline))
    say(f"{pipeline}: nothing found that Kubeflow Pipelines would not run")

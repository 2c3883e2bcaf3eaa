"""The options that say what to run, the same for `submit` and `schedule`."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import UsageError

if TYPE_CHECKING:
    from pipeline.kubeflow.client.runs import Order

Pipeline = Annotated[pathlib.Path, typer.Argument(help="YAML of `quickdraw kubeflow compile`.")]
PipelineRoot = Annotated[
    str, typer.Option(help="Where KFP keeps artifacts: s3://, gs:// or minio://. The YAML cannot say it.")
]
Param = Annotated[list[str], typer.Option(help="NAME=VALUE of a run parameter; again for each.")]
Experiment = Annotated[str, typer.Option(help="The group that runs are shown in; made where there is none.")]
ServiceAccount = Annotated[str, typer.Option(help="Of the pods; without it Kubeflow's own.")]


def make_order(
    pipeline: pathlib.Path, name: str, pipeline_root: str, parameters: list[str], experiment: str, service_account: str
) -> Order:
    """Reads the pipeline and checks the run that the options make of it.

    Args:
        pipeline: the YAML.
        name: of the run; "" for the pipeline's own.
        pipeline_root: `--pipeline-root`.
        parameters: `--param`.
        experiment: `--experiment`.
        service_account: `--service-account`.

    Raises:
        UsageError: the pipeline or an option cannot be used.
    """
    from pipeline.kubeflow.client.arguments import run_arguments, with_arguments
    from pipeline.kubeflow.client.runs import Order
    from pipeline.kubeflow.documents import read_documents
    from pipeline.kubeflow.lint.lint import refuse_findings
    from pipeline.kubeflow.lint.paths import check_pipeline_root

    if sentence := check_pipeline_root(pipeline_root):
        raise UsageError(sentence)
    documents = read_documents(pipeline)
    try:
        own_name = documents.spec["pipelineInfo"]["name"]
        arguments = run_arguments(parameters, documents.spec)
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{pipeline} is no compiled pipeline; make one with `quickdraw kubeflow compile`.") from error
    # KFP would take the run, and the first pod fail that does not see its data.
    refuse_findings(with_arguments(documents, arguments))
    return Order(documents, name or own_name, experiment, pipeline_root, arguments, service_account)

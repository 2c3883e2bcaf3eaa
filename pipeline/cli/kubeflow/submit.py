"""`quickdraw kubeflow submit`: one run, now."""

from typing import Annotated

import typer

from pipeline.cli.kubeflow.order_options import Experiment, Param, Pipeline, PipelineRoot, ServiceAccount, make_order
from pipeline.cli.kubeflow.server_options import CaFile, Host, Namespace, TokenFile, connect
from pipeline.cli.logs import say


def submit(
    pipeline: Pipeline,
    host: Host,
    pipeline_root: PipelineRoot,
    param: Param = [],  # noqa: B006 - typer's way to say "none"
    name: Annotated[str, typer.Option(help="Of the run; without it the pipeline's own.")] = "",
    experiment: Experiment = "quickdraw",
    service_account: ServiceAccount = "",
    namespace: Namespace = "",
    token_file: TokenFile = None,
    ca_file: CaFile = "",
) -> None:
    """Start a run of a compiled pipeline."""
    order = make_order(pipeline, name, pipeline_root, param, experiment, service_account)
    server = connect(host, namespace, token_file, ca_file)
    from pipeline.kubeflow.client.runs import submit as submit_order

    run_id = submit_order(server, order)
    say(f"run {run_id} of {order.name} has begun; quickdraw kubeflow status {run_id} --host {host}")

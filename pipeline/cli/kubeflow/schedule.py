"""`quickdraw kubeflow schedule`: runs, again and again."""

from typing import Annotated

import typer

from components.errors import UsageError
from pipeline.cli.kubeflow.order_options import Experiment, Param, Pipeline, PipelineRoot, ServiceAccount, make_order
from pipeline.cli.kubeflow.server_options import CaFile, Host, Namespace, TokenFile, connect
from pipeline.cli.logs import say

_CRON_FIELDS = 6


def schedule(
    pipeline: Pipeline,
    host: Host,
    pipeline_root: PipelineRoot,
    cron: Annotated[
        str, typer.Option(help='Six fields, UTC, seconds first: "0 30 4 * * 1" is Mondays at half past four.')
    ] = "",
    every_hours: Annotated[int, typer.Option(min=0, help="Instead of --cron: so many hours between starts.")] = 0,
    param: Param = [],  # noqa: B006 - typer's way to say "none"
    name: Annotated[str, typer.Option(help="Of the schedule; without it the pipeline's own.")] = "",
    experiment: Experiment = "quickdraw",
    service_account: ServiceAccount = "",
    namespace: Namespace = "",
    token_file: TokenFile = None,
    ca_file: CaFile = "",
) -> None:
    """Start a compiled pipeline at regular times, one run at a time; missed times are not made up for."""
    from pipeline.kubeflow.client.runs import Schedule
    from pipeline.kubeflow.client.runs import schedule as schedule_order

    if bool(cron) == bool(every_hours):
        raise UsageError("say when: either --cron or --every-hours.")
    if cron and len(cron.split()) != _CRON_FIELDS:
        raise UsageError(f'--cron "{cron}" must have six fields: second, minute, hour, day, month, weekday.')
    order = make_order(pipeline, name, pipeline_root, param, experiment, service_account)
    server = connect(host, namespace, token_file, ca_file)
    recurring_run_id = schedule_order(server, order, Schedule(cron=cron, every=every_hours * 3600))
    say(f"recurring run {recurring_run_id} of {order.name} is set up.")

"""`quickdraw kubeflow logs`: what a task wrote."""

from typing import Annotated

import typer

from pipeline.cli.kubeflow.server_options import CaFile, Host, Namespace, TokenFile, connect
from pipeline.cli.logs import say


def logs(
    run_id: Annotated[str, typer.Argument(help="Of `quickdraw kubeflow submit`.")],
    task: Annotated[str, typer.Argument(help="One that `quickdraw kubeflow status` names.")],
    host: Host,
    namespace: Namespace = "",
    token_file: TokenFile = None,
    ca_file: CaFile = "",
) -> None:
    """Print the log of a task, as long as Kubernetes keeps its pod."""
    server = connect(host, namespace, token_file, ca_file)
    from pipeline.kubeflow.client.run_log import read_log
    from pipeline.kubeflow.client.runs import get_run

    say(read_log(server, get_run(server, run_id), task), end="")

"""`quickdraw kubeflow status`: what became of a run."""

from __future__ import annotations

import datetime
import time
from typing import TYPE_CHECKING, Annotated

import typer

from components.errors import DataRefusedError, NotBlessedError, QuickdrawError
from pipeline.cli.aligned_text import table
from pipeline.cli.kubeflow.server_options import CaFile, Host, Namespace, TokenFile, connect
from pipeline.cli.logs import say

if TYPE_CHECKING:
    from pipeline.kubeflow.client.runs import Run, Task

_SECONDS_BETWEEN_LOOKS = 15
# Nodes that fail for one reason only, which has an exit code of its own.
_MEANING: dict[str, type[QuickdrawError]] = {"NotBlessed": NotBlessedError, "DataGate": DataRefusedError}


def status(
    run_id: Annotated[str, typer.Argument(help="Of `quickdraw kubeflow submit`.")],
    host: Host,
    wait: Annotated[bool, typer.Option("--wait", help="Until the run is over.")] = False,
    namespace: Namespace = "",
    token_file: TokenFile = None,
    ca_file: CaFile = "",
) -> None:
    """Print the state of a run and of each task; a failed run ends with the exit code of `quickdraw run`."""
    server = connect(host, namespace, token_file, ca_file)
    from pipeline.kubeflow.client.runs import get_run

    run = get_run(server, run_id)
    while wait and not run.is_over:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
        run = get_run(server, run_id)
    say(f"{run.name} ({run.run_id}): {run.state.lower()}")
    if run.tasks:
        say(table([("task", "state", "seconds"), *map(_row, run.tasks)]))
    if run.state in ("FAILED", "CANCELED"):
        raise _ending(run)


def _row(task: Task) -> tuple[str, str, str]:
    return task.name, task.state.lower(), _seconds(task.started, task.ended)


def _seconds(started: datetime.datetime | None, ended: datetime.datetime | None) -> str:
    # What is not known comes as the first second of 1970, or as one before it.
    if started is None or ended is None or ended < started:
        return "-"
    return str(round((ended - started).total_seconds()))


def _ending(run: Run) -> QuickdrawError:
    failed = [task for task in run.tasks if task.state == "FAILED"]
    if not failed:
        return QuickdrawError(f"run {run.run_id}: {run.error or run.state.lower()}")
    (*_, task) = failed
    meaning = _MEANING.get(task.name, QuickdrawError)
    reason = f" ({task.error})" if task.error else ""
    return meaning(f"{task.name} failed{reason}; quickdraw kubeflow logs {run.run_id} {task.name} tells why.")

"""The verbs of `quickdraw flink`."""

import pathlib
from typing import Annotated

import typer

from pipeline.cli.logs import say
from pipeline.flink import cluster
from pipeline.flink.rest import FlinkRest
from pipeline.flink.settings import ClusterSettings

flink = typer.Typer(
    help="A standalone Flink cluster on this host, for `quickdraw run --runner flink`; see docs/flink.md.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_DEFAULTS = ClusterSettings()
_FOLDER = pathlib.Path(".flink/cluster")

Folder = Annotated[pathlib.Path, typer.Option("--dir", help="The cluster's folder: configuration, logs, pids.")]


@flink.command()
def up(
    task_managers: Annotated[int, typer.Option(help="TaskManagers on this host.")] = _DEFAULTS.task_managers,
    slots: Annotated[int, typer.Option(help="Tasks that each of them runs at a time.")] = _DEFAULTS.slots,
    address: Annotated[
        str, typer.Option(help="This host's address, as the other hosts reach it; nothing else is listened on.")
    ] = _DEFAULTS.address,
    join: Annotated[
        str, typer.Option(help="Address of the host with the JobManager: add TaskManagers to its cluster.")
    ] = "",
    port: Annotated[int, typer.Option(help="The JobManager's, for jobs and Flink's page.")] = _DEFAULTS.rest_port,
    rpc_port: Annotated[int, typer.Option(help="The JobManager's, for TaskManagers.")] = _DEFAULTS.rpc_port,
    worker_port: Annotated[
        int, typer.Option(help="Of the pool of Python workers, on the loopback.")
    ] = _DEFAULTS.worker_port,
    heap_mib: Annotated[int, typer.Option(help="Each TaskManager's heap for tasks.")] = _DEFAULTS.heap_mib,
    managed_mib: Annotated[int, typer.Option(help="Each one's memory for sorting.")] = _DEFAULTS.managed_mib,
    network_mib: Annotated[int, typer.Option(help="Each one's memory for the shuffle.")] = _DEFAULTS.network_mib,
    folder: Folder = _FOLDER,
) -> None:
    """Start a JobManager, TaskManagers and Python workers, or with --join more TaskManagers for a cluster."""
    settings = ClusterSettings(
        address=address,
        join=join,
        rest_port=port,
        rpc_port=rpc_port,
        worker_port=worker_port,
        task_managers=task_managers,
        slots=slots,
        heap_mib=heap_mib,
        managed_mib=managed_mib,
        network_mib=network_mib,
    )
    say("starting Flink ...")
    _tell(cluster.up(folder, settings))
    if not join:
        workers = (
            "" if worker_port == _DEFAULTS.worker_port else f" --beam-arg=--environment_config=localhost:{worker_port}"
        )
        say(f"use it:   quickdraw run --data DIR --runner flink --flink-master {settings.master}{workers}")


@flink.command()
def status(folder: Folder = _FOLDER) -> None:
    """Tell what runs. Ends with 1 if the JobManager does not answer."""
    found = cluster.status(folder)
    _tell(found)
    if found.task_managers is None:
        raise typer.Exit(1)


@flink.command()
def down(folder: Folder = _FOLDER) -> None:
    """End the cluster, or this host's part of it."""
    cluster.down(folder)
    say("the cluster is down")


def _tell(found: cluster.Status) -> None:
    for name, pid in found.pids.items():
        say(f"{name:<16} process {pid}")
    if found.task_managers is None:
        say(f"the JobManager at {found.settings.master} does not answer")
        return
    slots = sum(each.slots for each in found.task_managers)
    free = sum(each.free_slots for each in found.task_managers)
    say(f"{len(found.task_managers)} TaskManagers, {slots} slots, {free} of them free")
    say(f"page:     {FlinkRest(found.settings.master).page()}")

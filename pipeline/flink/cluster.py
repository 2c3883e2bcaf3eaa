"""A standalone cluster on this host: up, status, down."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
from typing import NamedTuple

from components.errors import QuickdrawError, UsageError
from components.file_lock import is_held
from pipeline.flink import layout
from pipeline.flink.jars_folder import find_jars
from pipeline.flink.processes import is_free
from pipeline.flink.rest import ClusterUnreachableError, FlinkRest, TaskManager
from pipeline.flink.settings import ClusterSettings

_SECONDS_TO_COME_UP = 120.0
_SECONDS_TO_GO_DOWN = 40.0


class Status(NamedTuple):
    """What a cluster's folder says, and what its JobManager does.

    Attributes:
        settings: it was started with.
        pids: name -> pid of this host's members.
        task_managers: that the JobManager knows; None if it does not answer.
    """

    settings: ClusterSettings
    pids: dict[str, int]
    task_managers: list[TaskManager] | None


def up(folder: pathlib.Path, settings: ClusterSettings) -> Status:
    """Starts a cluster, or this host's part of one, and waits until its TaskManagers are registered.

    Args:
        folder: for its configuration and logs.
        settings: what to start.

    Raises:
        UsageError: a cluster runs in this folder, something else is there, a port is taken, or there are no jars.
        QuickdrawError: it does not come up; it is down again then.
    """
    folder = folder.resolve()
    if is_held(layout.lock_file(folder)):
        raise UsageError(f"a cluster runs in {folder} already; `quickdraw flink status` tells of it, `down` ends it.")
    _check_folder(folder)
    find_jars()
    _check_ports(settings)
    before = {each.resource_id for each in _registered(settings) or []}
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    layout.write_settings(folder, settings)
    with (folder / layout.SUPERVISOR_LOG).open("ab") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "pipeline.flink.supervisor", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A closed terminal or Ctrl-C at the command is not meant for the cluster.
            start_new_session=True,
        )
    try:
        _wait_until_up(folder, settings, before, supervisor)
    except BaseException:
        supervisor.terminate()
        supervisor.wait()
        raise
    return status(folder)


def status(folder: pathlib.Path) -> Status:
    """Tells what runs.

    Args:
        folder: of `up`.

    Raises:
        UsageError: no cluster runs there.
    """
    _check_runs(folder)
    settings = layout.read_settings(folder)
    pids = json.loads(layout.pids_file(folder).read_text(encoding="utf-8"))
    return Status(settings, pids, _registered(settings))


def down(folder: pathlib.Path) -> None:
    """Ends a cluster: all processes of this host, by their pids.

    Args:
        folder: of `up`.

    Raises:
        UsageError: no cluster runs there.
        QuickdrawError: it does not end.
    """
    _check_runs(folder)
    supervisor = int(layout.supervisor_file(folder).read_text(encoding="utf-8"))
    with contextlib.suppress(ProcessLookupError):
        os.kill(supervisor, signal.SIGTERM)
    deadline = time.monotonic() + _SECONDS_TO_GO_DOWN
    while is_held(layout.lock_file(folder)):
        if time.monotonic() > deadline:
            raise QuickdrawError(f"the cluster in {folder} does not end; its supervisor is process {supervisor}.")
        time.sleep(0.2)


def _check_runs(folder: pathlib.Path) -> None:
    if not is_held(layout.lock_file(folder)) or not layout.pids_file(folder).is_file():
        raise UsageError(f"no cluster runs in {folder}; `quickdraw flink up` starts one, --dir names another folder.")


def _check_folder(folder: pathlib.Path) -> None:
    """An earlier cluster's folder is replaced, nobody else's."""
    if folder.exists() and not layout.is_clusters(folder):
        raise UsageError(f"{folder} is no cluster's folder, and not empty; name another with --dir.")


def _check_ports(settings: ClusterSettings) -> None:
    wanted = [("127.0.0.1", settings.worker_port, "--worker-port")] if settings.task_managers else []
    if not settings.join:
        wanted += [
            (settings.address, settings.rest_port, "--port"),
            (settings.address, settings.rpc_port, "--rpc-port"),
        ]
    for host, port, option in wanted:
        if not is_free(host, port):
            raise UsageError(f"{host}:{port} cannot be listened on: taken, or no address of this host; see {option}.")


def _registered(settings: ClusterSettings) -> list[TaskManager] | None:
    try:
        return FlinkRest(settings.master).task_managers()
    except ClusterUnreachableError:
        return None


def _wait_until_up(
    folder: pathlib.Path, settings: ClusterSettings, before: set[str], supervisor: subprocess.Popen
) -> None:
    wanted = settings.task_managers
    deadline = time.monotonic() + _SECONDS_TO_COME_UP
    while True:
        new = [each for each in _registered(settings) or [] if each.resource_id not in before]
        answers = wanted > 0 or _registered(settings) is not None
        if len(new) >= wanted and answers and layout.pids_file(folder).is_file():
            return
        if supervisor.poll() is not None or time.monotonic() > deadline:
            raise QuickdrawError(
                f"the cluster does not come up: {len(new)} of {wanted} TaskManagers are registered at "
                f"{settings.master}. What its processes said is in {folder}, the first to read {layout.SUPERVISOR_LOG}."
            )
        time.sleep(0.3)

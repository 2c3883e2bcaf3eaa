"""`quickdraw flink up|status|down` on one host."""

import os
import signal
import subprocess

import pytest

from pipeline.flink.cluster import down, status, up
from pipeline.flink.processes import free_port
from pipeline.flink.settings import ClusterSettings
from tests.flink.running_cluster import QUICKDRAW, processes, wait_for

pytestmark = [pytest.mark.exhaustive, pytest.mark.usefixtures("network")]


@pytest.fixture
def settings():
    return ClusterSettings(rest_port=free_port(), rpc_port=free_port(), worker_port=free_port())


def test_up_status_down(settings, tmp_path):
    """As a user calls it; at the end nothing is left."""
    ports = ("--port", settings.rest_port, "--rpc-port", settings.rpc_port, "--worker-port", settings.worker_port)

    def flink(verb, *arguments):
        command = [*QUICKDRAW, "flink", verb, "--dir", tmp_path / "c", *arguments]
        return subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)

    began = flink("up", *ports)
    assert began.returncode == 0, began.stderr
    assert f"quickdraw run --data DIR --runner flink --flink-master 127.0.0.1:{settings.rest_port}" in began.stdout
    told = flink("status")
    assert told.returncode == 0
    assert "2 TaskManagers, 2 slots, 2 of them free" in told.stdout
    pids = status(tmp_path / "c").pids
    assert set(pids) == {"jobmanager", "taskmanager-1", "taskmanager-2", "workers"}
    twice = flink("up", *ports)
    assert (twice.returncode, twice.stderr.count("\n")) == (2, 1)
    assert flink("down").returncode == 0
    assert not set(pids.values()) & set(processes())
    assert flink("status").returncode == flink("down").returncode == 2


def test_what_dies_is_started_again_and_dies_with_its_supervisor(settings, tmp_path):
    folder = tmp_path / "c"
    up(folder, settings)
    for name in ("jobmanager", "taskmanager-1", "workers"):
        before = status(folder).pids[name]
        os.kill(before, signal.SIGKILL)
        wait_for(lambda name=name, before=before: status(folder).pids[name] != before, f"{name} is back", 30)
    wait_for(lambda: len(status(folder).task_managers or []) == 2, "both are registered again", 90)
    pids = status(folder).pids
    os.kill(int((folder / "supervisor.pid").read_text()), signal.SIGKILL)
    wait_for(lambda: not set(pids.values()) & set(processes()), "all have ended", 30)


def test_a_cluster_of_another_host_is_joined_and_left(settings, tmp_path):
    up(tmp_path / "first", settings)
    try:
        more = ClusterSettings(
            join="127.0.0.1",
            rest_port=settings.rest_port,
            rpc_port=settings.rpc_port,
            worker_port=free_port(),
            address="127.0.0.2",
            task_managers=1,
        )
        joined = up(tmp_path / "second", more)
        assert {each.resource_id for each in joined.task_managers} == {
            "127.0.0.1-tm1",
            "127.0.0.1-tm2",
            "127.0.0.2-tm1",
        }
        down(tmp_path / "second")
        wait_for(lambda: len(status(tmp_path / "first").task_managers or []) == 2, "it has left", 60)
    finally:
        down(tmp_path / "first")

import socket

import pytest

from components.errors import QuickdrawError, UsageError
from pipeline.flink.cluster import down, status, up
from pipeline.flink.processes import free_port
from pipeline.flink.settings import ClusterSettings
from tests.pipeline.flink.fake_java import DIES, JOB_MANAGER, install
from tests.pipeline.flink.waiting import is_alive


@pytest.fixture
def settings():
    return ClusterSettings(task_managers=0, rest_port=free_port(), rpc_port=free_port(), worker_port=free_port())


def test_up_status_down_and_up_again(tmp_path, settings, monkeypatch):
    install(tmp_path, JOB_MANAGER, monkeypatch)
    folder = tmp_path / "cluster"
    found = up(folder, settings)
    try:
        assert (found.settings, found.task_managers) == (settings, [])
        assert list(found.pids) == ["jobmanager"]
        assert is_alive(found.pids["jobmanager"])
        assert status(folder) == found
        with pytest.raises(UsageError, match=f"a cluster runs in {folder} already; `quickdraw flink status` tells of"):
            up(folder, settings)
    finally:
        down(folder)
    assert not is_alive(found.pids["jobmanager"])
    (folder / "old").touch()
    up(folder, settings)
    down(folder)
    # A new cluster begins with nothing of the old one.
    assert not (folder / "old").exists()


@pytest.mark.parametrize("verb", [status, down])
def test_no_cluster_runs(tmp_path, verb):
    with pytest.raises(UsageError, match=f"no cluster runs in {tmp_path}; `quickdraw flink up` starts one, --dir"):
        verb(tmp_path)


def test_somebodys_folder_is_left_alone(tmp_path, settings, java):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.tex").write_text("all of it")
    with pytest.raises(UsageError, match=f"{mine} is no cluster's folder, and not empty; name another with --dir"):
        up(mine, settings)
    assert (mine / "thesis.tex").read_text() == "all of it"


def test_without_jars_nothing_is_begun(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("QUICKDRAW_FLINK_JARS", str(tmp_path / "nowhere"))
    with pytest.raises(UsageError, match="`make flink-jars` fetches them"):
        up(tmp_path / "cluster", settings)
    assert not (tmp_path / "cluster").exists()


@pytest.mark.parametrize(("taken", "option"), [("rest_port", "--port"), ("rpc_port", "--rpc-port")])
def test_a_port_that_is_taken(tmp_path, settings, java, taken, option):
    port = getattr(settings, taken)
    with socket.create_server(("127.0.0.1", port)), pytest.raises(UsageError) as error:
        up(tmp_path / "cluster", settings)
    assert str(error.value) == (
        f"127.0.0.1:{port} cannot be listened on: taken, or no address of this host; see {option}."
    )
    assert not (tmp_path / "cluster").exists()


def test_what_does_not_come_up_is_down_again_and_its_logs_stay(tmp_path, settings, monkeypatch):
    install(tmp_path, DIES, monkeypatch)
    folder = tmp_path / "cluster"
    with pytest.raises(QuickdrawError) as error:
        up(folder, settings)
    assert str(error.value) == (
        f"the cluster does not come up: 0 of 0 TaskManagers are registered at {settings.master}. "
        f"What its processes said is in {folder}, the first to read supervisor.log."
    )
    assert "jobmanager does not stay alive" in (folder / "supervisor.log").read_text()
    with pytest.raises(UsageError, match="no cluster runs in"):
        status(folder)

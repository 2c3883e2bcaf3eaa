import os
import pathlib
import signal
import socket
import tempfile

import pytest

from components.errors import QuickdrawError
from pipeline.flink.job_server import JobServer
from tests.pipeline.flink.fake_java import DIES, DIES_SILENTLY, LISTENS, install


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Where a server makes its temporary folder."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def server(java, folders):
    server = JobServer("127.0.0.1:8081")
    yield server
    server.stop()


def listens(endpoint):
    host, port = endpoint.split(":")
    with socket.socket() as client:
        return host == "localhost" and client.connect_ex(("127.0.0.1", int(port))) == 0


def test_it_is_started_when_it_is_needed_and_once(server, folders):
    assert not list(folders.iterdir())
    endpoint = server.endpoint()
    assert listens(endpoint)
    assert server.endpoint() == endpoint
    server.stop()
    assert not listens(endpoint)
    assert not list(folders.iterdir())


def test_one_that_died_is_replaced(server, folders):
    first = server.endpoint()
    process = server._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    second = server.endpoint()
    assert first != second
    assert listens(second)
    assert len(list(folders.iterdir())) == 1


def test_what_was_never_started_may_be_stopped(server):
    server.stop()
    server.stop()


def test_it_ends_with_its_standard_input_as_when_this_process_is_killed(server):
    server.endpoint()
    process = server._process
    process.stdin.close()
    assert process.wait(timeout=30) == 0


@pytest.mark.parametrize(
    ("program", "said"),
    [(DIES, "Error: Could not find or load main class"), (DIES_SILENTLY, "it says nothing")],
)
def test_one_that_does_not_start_says_why(tmp_path, folders, monkeypatch, program, said):
    install(tmp_path, program, monkeypatch)
    with pytest.raises(QuickdrawError) as error:
        JobServer("127.0.0.1:8081").endpoint()
    assert str(error.value) == f"Beam's job server does not start: {said}"
    assert not list(folders.iterdir())


def test_it_is_told_the_cluster(tmp_path, folders, monkeypatch):
    told = tmp_path / "told"
    install(
        tmp_path, f"import pathlib, sys; pathlib.Path({str(told)!r}).write_text(repr(sys.argv))\n{LISTENS}", monkeypatch
    )
    server = JobServer("10.0.0.1:8081")
    server.endpoint()
    server.stop()
    assert "'--flink-master=10.0.0.1:8081'" in pathlib.Path(told).read_text()

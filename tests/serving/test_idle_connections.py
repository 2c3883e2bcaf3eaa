"""Thousands of clients that are connected and do nothing, more of them than there may be open files, cut bodies."""

import contextlib
import http.client
import socket
import time

import grpc
import pytest
from tensorflow_serving.apis import prediction_service_pb2_grpc

from serving.server.open_files import raise_limit
from tests.serving.predict_requests import predict_request
from tests.serving.server_process import server_process

STATUS = "/v1/models/quickdraw"
HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
IDLERS = {
    "rest, nothing": ("rest", b""),
    "rest, half a head": ("rest", f"GET {STATUS} HTTP/1.1\r\nHost: x\r\nA: ".encode() + b"a" * 4000),
    "rest, after an answer": ("rest", f"GET {STATUS} HTTP/1.1\r\nHost: x\r\n\r\n".encode()),
    "grpc, nothing": ("grpc", b""),
    "grpc, HTTP/2 begun": ("grpc", HTTP2_PREFACE),
}
# 1 to 10 KiB were measured, the kernel's share not counted.
MOST_BYTES_PER_CONNECTION = 32 * 1024


@pytest.fixture(scope="module")
def running(tmp_path_factory, exported_models):
    raise_limit()  # of this process, which has the other end of each connection
    folder = tmp_path_factory.mktemp("idle")
    (folder / "models").mkdir()
    (folder / "models" / "1").symlink_to(exported_models[1])
    with server_process(folder / "models", folder / "log") as process:
        for _ in range(20):
            others_are_served(process)
        yield process


def connect(address):
    host, port = address.split(":")
    return socket.create_connection((host, int(port)), timeout=20)


@contextlib.contextmanager
def idle(address, data, number):
    with contextlib.ExitStack() as stack:
        for _ in range(number):
            stack.enter_context(connect(address)).sendall(data)
        yield


def rest_answers(connection):
    connection.request("GET", STATUS)
    response = connection.getresponse()
    return response.status == 200 and response.read()


def grpc_answers(channel):
    return prediction_service_pb2_grpc.PredictionServiceStub(channel).Predict(predict_request(), timeout=5)


def others_are_served(running):
    with contextlib.closing(http.client.HTTPConnection(running.addresses["rest"], timeout=5)) as connection:
        assert rest_answers(connection)
    with grpc.insecure_channel(running.addresses["grpc"]) as channel:
        assert grpc_answers(channel)


def wait_until(condition):
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("idlers", IDLERS)
@pytest.mark.parametrize("number", [1000, pytest.param(10_000, marks=pytest.mark.exhaustive)])
def test_idle_connections_cost_little_memory_and_the_others_nothing(running, idlers, number):
    port, data = IDLERS[idlers]
    before = running.memory()
    files_before = running.open_files()
    with idle(running.addresses[port], data, number):
        # Connections of `others_are_served` may have been open still when the files were counted.
        wait_until(lambda: running.open_files() >= files_before + number - 50)
        others_are_served(running)
        assert running.memory() - before < number * MOST_BYTES_PER_CONNECTION
    wait_until(lambda: running.open_files() < files_before + 50)
    others_are_served(running)


@pytest.mark.parametrize("port", ["rest", "grpc"])
def test_more_connections_than_open_files(running, port):
    soft, _ = running.limit_of_open_files()
    few = running.open_files() + 100
    with (
        contextlib.closing(http.client.HTTPConnection(running.addresses["rest"], timeout=5)) as early_rest,
        grpc.insecure_channel(running.addresses["grpc"]) as early_grpc,
    ):
        assert rest_answers(early_rest) and grpc_answers(early_grpc)
        running.limit_of_open_files(soft=few)
        try:
            with idle(running.addresses[port], b"", 200):
                wait_until(lambda: running.open_files() >= few)
                time.sleep(2.5)  # asyncio tries again each second
                assert rest_answers(early_rest) and grpc_answers(early_grpc)
        finally:
            running.limit_of_open_files(soft=soft)
    wait_until(lambda: running.open_files() < few - 50)
    others_are_served(running)
    log = running.log.read_text()
    assert "Traceback" not in log
    if port == "rest":
        assert log.count("No REST connection is accepted for now: Too many open files") == 1  # a minute


def test_bodies_that_are_cut_leave_no_memory_behind(running):
    head = f"POST {STATUS}:predict HTTP/1.1\r\nHost: x\r\nContent-Length: {2**26}\r\n\r\n".encode()
    before = running.memory()
    with idle(running.addresses["rest"], head + b" " * 20 * 2**20, 20):
        wait_until(lambda: running.memory() - before > 300 * 2**20)
        others_are_served(running)
    wait_until(lambda: running.memory() - before < 100 * 2**20)


def test_the_server_raised_its_limit(running):
    soft, hard = running.limit_of_open_files()
    assert soft > 1024 or soft == hard

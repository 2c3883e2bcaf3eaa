import asyncio
import contextlib
import http.client
import json
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, web

from serving.server.config import ServerConfig
from serving.server.rest_api.rest_connection import RestRunner
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING

STATUS = b"GET /v1/models/quickdraw HTTP/1.1\r\nHost: x\r\n\r\n"


def connect(running, data=b""):
    host, port = urlsplit(running.rest_url).netloc.split(":")
    connection = socket.create_connection((host, int(port)), timeout=10)
    connection.sendall(data)
    return connection


def answer_on(connection):
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.read()


@pytest.fixture(scope="module")
def impatient(tmp_path_factory, exported_models):
    """A server that closes a connection after a second without a request."""
    path = tmp_path_factory.mktemp("impatient")
    (path / "1").symlink_to(exported_models[1])
    with running_server(ServerConfig(path, rest=RestSettings(idle_seconds=1.0))) as running:
        yield running


def seconds_until_closed(connection):
    started = time.monotonic()
    assert connection.recv(1) == b""
    return time.monotonic() - started


@pytest.mark.parametrize("data", [b"", STATUS[:10], STATUS[:-2]], ids=["nothing", "half a line", "half a head"])
@pytest.mark.parametrize("answered_before", [False, True])
def test_a_connection_without_a_whole_head_is_closed(impatient, data, answered_before):
    with connect(impatient) as connection:
        if answered_before:
            connection.sendall(STATUS)
            assert answer_on(connection)[0] == 200
        connection.sendall(data)
        assert 0.8 < seconds_until_closed(connection) < 4


def test_a_head_that_comes_letter_by_letter_gains_no_time(impatient):
    with connect(impatient) as connection:

        def dribble():
            for letter in STATUS.replace(b"\r\n\r\n", b"\r\nA: " + b"a" * 200):
                try:
                    connection.sendall(bytes([letter]))
                except OSError:
                    return
                time.sleep(0.05)

        started = time.monotonic()
        sender = threading.Thread(target=dribble)
        sender.start()
        with contextlib.suppress(ConnectionResetError):  # a letter crossed the closing
            assert connection.recv(1) == b""
        sender.join()
        assert time.monotonic() - started < 4


def large_request():
    body = json.dumps({"instances": [DRAWING] * 60_000}).encode()
    head = f"POST /v1/models/quickdraw:predict HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def test_a_client_that_does_not_read_its_answer_is_let_go(impatient):
    with connect(impatient, large_request()) as connection:
        connection.recv(1)
        time.sleep(4)  # the kernel looks after 0.2 s, 0.4 s, ...
        with pytest.raises((ConnectionResetError, http.client.IncompleteRead)):
            while connection.recv(2**20):
                pass


def test_a_client_that_reads_slowly_gets_the_whole_answer(impatient):
    with connect(impatient, large_request()) as connection:
        started = time.monotonic()
        response = http.client.HTTPResponse(connection)
        response.begin()
        parts = []
        while part := response.read(2**18):
            parts.append(part)
            time.sleep(0.08)
        assert len(json.loads(b"".join(parts))["predictions"]) == 60_000
        assert time.monotonic() - started > 1.5


@pytest.mark.parametrize(
    "data",
    [
        b"garbage\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(100)),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
        b"\0" * 100,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 10_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"a" * 10_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: a\r\n" * 1000 + b"\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=[
        *("garbage", "TLS", "HTTP/2", "zeros", "version", "long path", "name of a field", "long field", "many fields"),
        *("URL", "negative length", "two lengths"),
    ],
)
@pytest.mark.parametrize("answered_before", [False, True])
def test_what_is_no_http_is_told_so_and_nobody_else(server, caplog, data, answered_before):
    with connect(server) as connection:
        if answered_before:
            connection.sendall(STATUS)
            assert answer_on(connection)[0] == 200
        connection.sendall(data)
        status, body = answer_on(connection)
        assert status == 400
        assert json.loads(body)["error"].startswith("Malformed HTTP request: ")
        assert connection.recv(1) == b""
    assert not [record for record in caplog.records if record.name.startswith("aiohttp")]


def test_an_error_of_ours_is_still_in_the_log(caplog):
    async def fail(request):
        raise RuntimeError("unforeseen")

    async def ask():
        application = web.Application()
        application.router.add_get("/", fail)
        runner = RestRunner(application, RestSettings(), grace_seconds=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{runner.addresses[0][1]}/") as response:
            status = response.status
        await runner.cleanup()
        return status

    assert asyncio.run(ask()) == 500
    assert "unforeseen" in caplog.text

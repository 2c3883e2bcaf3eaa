import contextlib
import gzip
import http.client
import json
import socket
import threading
import time
import zlib
from urllib.parse import urlsplit

import pytest

from serving.server.config import ServerConfig
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING

PATH = "/v1/models/quickdraw:predict"
MIB = 2**20
BODY = json.dumps({"instances": [DRAWING]}).encode()


@pytest.fixture(scope="module")
def cramped(tmp_path_factory, exported_models):
    """A server with room for 2 MiB of large bodies."""
    path = tmp_path_factory.mktemp("cramped")
    (path / "1").symlink_to(exported_models[1])
    with running_server(ServerConfig(path, rest=RestSettings(room_for_bodies_bytes=2 * MIB))) as running:
        yield running


def post(running, body, headers=()):
    with contextlib.closing(http.client.HTTPConnection(urlsplit(running.rest_url).netloc, timeout=20)) as connection:
        connection.request("POST", PATH, body, dict(headers))
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def send(running, data):
    host, port = urlsplit(running.rest_url).netloc.split(":")
    connection = socket.create_connection((host, int(port)), timeout=20)
    connection.sendall(data)
    return connection


def answer_on(connection):
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, json.loads(response.read())


def of_size(size):
    """A good request of so many bytes."""
    return BODY + b" " * (size - len(BODY))


def head(size):
    return f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode()


TOO_MANY = (503, {"error": "Too many large request bodies at a time"})


def test_large_bodies_beyond_the_memory_for_them_are_refused_and_small_ones_are_not(cramped):
    with send(cramped, head(MIB + 2**18) + of_size(MIB)) as waiting:
        time.sleep(0.3)
        assert post(cramped, of_size(MIB + 2**18)) == TOO_MANY
        assert post(cramped, gzip.compress(of_size(MIB + 2**18)), {"Content-Encoding": "gzip"}) == TOO_MANY
        assert post(cramped, of_size(MIB // 2))[0] == 200
        assert post(cramped, of_size(2**16))[0] == 200
        waiting.sendall(b" " * 2**18)
        assert answer_on(waiting)[0] == 200
    for _ in range(5):
        assert post(cramped, of_size(2 * MIB - 2**16))[0] == 200  # whatever was taken has been given back


def test_a_cut_body_gives_its_memory_back(cramped):
    for _ in range(5):
        with send(cramped, head(2 * MIB) + of_size(MIB + 2**18)):
            time.sleep(0.1)
        time.sleep(0.1)
        assert post(cramped, of_size(MIB))[0] == 200


def gzip_of_spaces(mebibytes):
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b" " * MIB) for _ in range(mebibytes)) + packer.flush()


def test_a_bomb_of_gzip_is_refused_and_nobody_waits_for_it(server):
    bomb = gzip_of_spaces(512)
    answers = []
    bombs = [
        threading.Thread(target=lambda: answers.append(post(server, bomb, {"Content-Encoding": "gzip"})))
        for _ in range(4)
    ]
    for thread in bombs:
        thread.start()
    longest = 0.0
    while any(thread.is_alive() for thread in bombs):
        started = time.monotonic()
        assert post(server, BODY)[0] == 200
        longest = max(longest, time.monotonic() - started)
    assert answers == [(413, {"error": "The request body is larger than 67108864 bytes"})] * 4
    assert longest < 0.7


def test_gzip_in_two_members(server):
    assert post(server, gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), {"Content-Encoding": "x-gzip"})[0] == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"no gzip", "Not a gzipped file (b'no')"),
        (gzip.compress(BODY)[:-4], "Compressed file ended before the end-of-stream marker was reached"),
        (gzip.compress(BODY)[:-8] + bytes(8), "CRC check failed"),
        (gzip.compress(BODY)[:10] + b"\xff" * 20, "Error -3 while decompressing data"),
    ],
    ids=["none", "cut", "checksum", "damaged"],
)
def test_gzip_that_cannot_be_read(server, body, reason):
    status, answer = post(server, body, {"Content-Encoding": "gzip"})
    assert status == 400
    assert answer["error"].startswith(f"The request body cannot be read: {reason}")


def test_nothing_as_gzip(server):
    empty = (400, {"error": "JSON Parse error: The document is empty"})
    assert post(server, b"", {"Content-Encoding": "gzip"}) == empty
    assert post(server, gzip.compress(b""), {"Content-Encoding": "gzip"}) == empty


def test_other_encodings_are_read_as_they_are(server):
    status, answer = post(server, zlib.compress(BODY), {"Content-Encoding": "deflate"})
    assert (status, answer["error"][:16]) == (400, "JSON Parse error")

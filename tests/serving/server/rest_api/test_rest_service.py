import contextlib
import gzip
import http.client
import json
import socket
import time
from urllib.parse import urlsplit

import pytest

from serving.server.config import ServerConfig
from serving.server.models.signature import Signature
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING

PREDICT = "/v1/models/quickdraw:predict"
ROW = {"words": ["ant", "alarm_clock", "angel"], "scores": [1.0, 0.2, 0.1], "probabilities": [1.0, 0.2, 0.1] * 2}
NO_DRAWING = {"words": [""] * 3, "scores": [0.0] * 3, "probabilities": [0.0] * 6}


def ask(server, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(urlsplit(server.rest_url).netloc, timeout=20)
    raw = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    connection.request(method, path, raw, headers or {})
    response = connection.getresponse()
    answer = response.read()
    connection.close()
    return response.status, response.headers["Content-Type"], answer


def ask_json(server, method, path, body=None, headers=None):
    status, content_type, answer = ask(server, method, path, body, headers)
    assert content_type == "application/json"
    return status, json.loads(answer)


@pytest.mark.parametrize(
    "path",
    [
        PREDICT,
        "/v1/models/quickdraw/versions/1:predict",
        "/V1/MODELS/quickdraw:PREDICT",
        "/v1/models/%71uickdraw:predict",
        PREDICT + "?x=1",
    ],
)
def test_rows(server, path):
    assert ask_json(server, "POST", path, {"instances": [DRAWING, "bad"]}) == (200, {"predictions": [ROW, NO_DRAWING]})


@pytest.mark.parametrize("drawing", [{"drawing": DRAWING}, {"b64": "W1tbMCwyNTVdLFswLDI1NV1dXQ=="}])
def test_rows_by_name_and_base64(server, drawing):
    assert ask_json(server, "POST", PREDICT, {"instances": [drawing]}) == (200, {"predictions": [ROW]})


@pytest.mark.parametrize("inputs", [[DRAWING], {"drawing": [DRAWING]}])
def test_columns(server, inputs):
    status, answer = ask_json(server, "POST", PREDICT, {"signature_name": "serving_default", "inputs": inputs})
    assert (status, answer["outputs"]["words"]) == (200, [["ant", "alarm_clock", "angel"]])


def test_a_signature_with_two_inputs(server):
    body = {"signature_name": "add", "inputs": {"a": [[1, 2]], "b": [[3, 4]]}}
    assert ask_json(server, "POST", PREDICT, body) == (200, {"outputs": {"sum": [[4.0, 6.0]], "total": 10.0}})


def test_a_gzip_body(server):
    body = gzip.compress(json.dumps({"instances": [DRAWING]}).encode())
    assert ask_json(server, "POST", PREDICT, body, {"Content-Encoding": "gzip"})[0] == 200


def test_a_body_that_only_claims_to_be_gzip(server):
    status, answer = ask_json(server, "POST", PREDICT, b"not gzip", {"Content-Encoding": "gzip"})
    assert status == 400
    assert answer["error"].startswith("The request body cannot be read")


def test_a_body_over_the_limit(server):
    status, answer = ask_json(server, "POST", PREDICT, b" " * (64 * 2**20 + 1))
    assert (status, answer["error"]) == (413, "The request body is larger than 67108864 bytes")


@pytest.mark.parametrize(
    ("path", "body", "status", "text"),
    [
        (PREDICT, b"", 400, "JSON Parse error: The document is empty"),
        ("/v1/models/x:predict", b"", 400, "JSON Parse error: The document is empty"),
        (PREDICT, b"[" * 50_000, 400, "JSON Parse error: The document is nested too deeply"),
        (PREDICT, {"signature_name": 1}, 400, 'JSON Value: {\n    "signature_name": 1\n} not formatted correctly. '),
        ("/v1/models/x:predict", {"instances": ["a"]}, 404, "Servable not found for request: Latest(x)"),
        (
            "/v1/models/quickdraw/versions/9:predict",
            {"instances": ["a"]},
            404,
            "Servable not found for request: Specific(quickdraw, 9)",
        ),
        (
            "/v1/models/quickdraw/labels/stable:predict",
            {"instances": ["a"]},
            400,
            "Unrecognized servable version label: stable",
        ),
        (
            PREDICT,
            {"signature_name": "x", "instances": ["a"]},
            400,
            'Serving signature name: "x" not found in signature def',
        ),
        (PREDICT, {"signature_name": "\ud800"}, 400, "JSON Parse error: The surrogate pair in string is invalid."),
        (PREDICT, {}, 400, "Missing 'inputs' or 'instances' key"),
        (PREDICT, {"inputs": ["a"], "instances": ["a"]}, 400, "JSON Value: {"),
        (PREDICT, {"instances": [1]}, 400, "Failed to process element: 0 of 'instances' list. Error: INVALID_ARGUMENT"),
        (
            PREDICT,
            {"signature_name": "add", "instances": [{"a": [1, 2], "b": [3, 4]}]},
            400,
            "Tensor name: total has no shape information ",
        ),
        (
            "/v1/models/quickdraw:classify",
            {},
            400,
            "JSON Value: {} When method is classify, key 'examples' is expected",
        ),
        ("/v1/models/quickdraw:regress", {}, 400, "JSON Value: {} When method is classify, key 'examples' is expected"),
        (PREDICT, {"inputs": {"\ud800": "a"}}, 400, "Missing named input: drawing in 'inputs' object."),
        (PREDICT, {"instances": [{"\ud800": "a"}]}, 400, "Failed to process element: 0 key: ? of 'instances' list."),
        ("/v1/models/quickdraw:explain", {}, 400, "Malformed request: POST /v1/models/quickdraw:explain"),
        ("/v1/models/quickdraw", {}, 400, "Malformed request: POST /v1/models/quickdraw"),
    ],
    ids=lambda value: "",
)
def test_wrong_posts(server, path, body, status, text):
    answered_status, answer = ask_json(server, "POST", path, body)
    assert answered_status == status
    assert answer["error"].startswith(text)


@pytest.mark.parametrize("path", ["/v1/models/quickdraw", "/v1/models/quickdraw/versions/1", "/v1/MODELS/quickdraw"])
def test_status(server, path):
    assert ask_json(server, "GET", path) == (
        200,
        {
            "model_version_status": [
                {"version": "1", "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}
            ]
        },
    )


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/v1/models/x", 404, "Could not find any versions of model x"),
        ("/v1/models/quickdraw/versions/9", 404, "Could not find version 9 of model quickdraw"),
        ("/v1/models", 400, "Missing model name in request."),
        ("/v1/models/x/metadata", 404, "Servable not found for request: Latest(x)"),
        ("/v1/models/quickdraw:predict", 400, "Malformed request: GET /v1/models/quickdraw:predict"),
        ("/v1/x", 400, "Malformed request: GET /v1/x"),
    ],
)
def test_wrong_gets(server, path, status, text):
    assert ask_json(server, "GET", path) == (status, {"error": text})


def test_a_version_beyond_64_bits_has_no_text(server):
    assert ask(server, "GET", f"/v1/models/quickdraw/versions/{2**63}")[::2] == (400, b"")


def test_paths_of_nobody_are_not_json(server):
    status, content_type, _ = ask(server, "GET", "/metrics")
    assert (status, content_type) == (404, "text/plain; charset=utf-8")


def test_a_large_answer_is_compressed_for_a_client_that_asks(server):
    body = {"instances": [DRAWING] * 50}
    plain = ask(server, "POST", PREDICT, body)[2]
    packed = ask(server, "POST", PREDICT, body, {"Accept-Encoding": "gzip, deflate"})[2]
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 10


def test_metadata(server):
    status, answer = ask_json(server, "GET", "/v1/models/quickdraw/versions/1/metadata")
    assert (status, answer["model_spec"]["version"]) == (200, "1")


@pytest.fixture
def start_with(base_path):
    """A function that starts a server with REST settings."""
    with contextlib.ExitStack() as stack:
        yield lambda **settings: stack.enter_context(
            running_server(ServerConfig(base_path, rest=RestSettings(**settings)))
        )


def headers_of(server, method, path, sent=()):
    connection = http.client.HTTPConnection(urlsplit(server.rest_url).netloc, timeout=20)
    connection.request(method, path, headers=dict(sent))
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, {name: value for name, value in response.getheaders() if name.startswith("Access-Control")}


CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Allow-Headers": "Content-Type",
}


def test_cors_headers_are_sent_where_they_are_configured(server, start_with):
    origin = {"Origin": "http://page"}
    running = start_with(enable_cors_support=True)
    for path, status in (("/v1/models/quickdraw", 200), ("/v1/models/x", 404)):
        assert headers_of(running, "GET", path, origin) == (status, CORS_HEADERS)
        assert headers_of(server, "GET", path, origin) == (status, {})


def test_preflight_is_answered_with_and_without_cors(server, start_with):
    running = start_with(enable_cors_support=True)
    for origin, status in (({"Origin": "https://page"}, 200), ({"Origin": "null"}, 400), ({}, 400)):
        assert headers_of(running, "OPTIONS", PREDICT, origin) == (status, CORS_HEADERS)
        assert headers_of(server, "OPTIONS", PREDICT, origin) == (status, {})


def test_metrics_are_where_they_are_configured(start_with):
    running = start_with(prometheus_path="/monitoring/prometheus/metrics")
    ask(running, "POST", PREDICT, {"instances": [DRAWING]})
    ask(running, "POST", "/v1/models/x:predict", {"instances": [DRAWING]})
    ask(running, "GET", "/v1/nothing")
    status, content_type, page = ask(running, "GET", "/monitoring/prometheus/metrics")
    assert (status, content_type) == (200, "text/plain; charset=utf-8")
    lines = page.decode().splitlines()
    assert ':tensorflow:serving:request_count{model_name="quickdraw",status="OK"} 1' in lines
    assert ':tensorflow:serving:request_count{model_name="x",status="NOT_FOUND"} 1' in lines
    assert ':tensorflow:serving:request_count{model_name="",status="INVALID_ARGUMENT"} 1' in lines
    latency = ':tensorflow:serving:request_latency_count{model_name="quickdraw",API="predict",entrypoint="REST"} 1'
    assert latency in lines


def test_a_request_that_takes_too_long(start_with, monkeypatch):
    computed = []

    def slow_run(*arguments):
        computed.append(arguments)
        time.sleep(0.4)

    monkeypatch.setattr(Signature, "run", slow_run)
    running = start_with(timeout_in_ms=100)
    started = time.monotonic()
    assert ask_json(running, "POST", PREDICT, {"instances": [DRAWING]}) == (
        504,
        {"error": "Timed out waiting for notification"},
    )
    assert time.monotonic() - started < 0.35
    assert len(computed) == 1


def send(server, data):
    connection = socket.create_connection(urlsplit(server.rest_url).netloc.split(":"), timeout=10)
    connection.sendall(data)
    return connection


HALF_A_REQUEST = f"POST {PREDICT} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{".encode()


def test_a_body_that_does_not_come_is_refused(start_with):
    running = start_with(timeout_in_ms=100)
    with send(running, HALF_A_REQUEST) as slow:
        response = http.client.HTTPResponse(slow)
        response.begin()
        assert (response.status, response.headers["Connection"]) == (408, "close")
        assert json.loads(response.read()) == {"error": "The request body took longer than 100 ms"}


def test_a_path_that_is_no_text(server):
    assert ask_json(server, "GET", "/v1/models/%FF") == (404, {"error": "Could not find any versions of model \ufffd"})
    with send(server, b"GET /v1/models/\xff HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
        assert connection.recv(4096).split()[1] == b"400"


def test_slow_and_cut_bodies_cost_the_others_nothing(server, caplog):
    connections = [send(server, HALF_A_REQUEST) for _ in range(50)]
    assert ask(server, "POST", PREDICT, {"instances": [DRAWING]})[0] == 200
    for connection in connections:
        connection.close()
    assert ask(server, "POST", PREDICT, {"instances": [DRAWING]})[0] == 200
    assert not [record for record in caplog.records if record.name.startswith("aiohttp")]

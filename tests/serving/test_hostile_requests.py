"""Whatever a client sends, over either protocol: an answer with a reason, and the next client is served.

The model is the exported one, untrained: what a drawing is, the graph decides.
"""

import base64
import contextlib
import gzip
import http.client
import json
import socket
import time
from urllib.parse import urlsplit

import grpc
import keras
import pytest
import tensorflow as tf
from tensorflow.core.framework.types_pb2 import DT_STRING
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from components.trainer.export import export_model
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from serving.server.config import ServerConfig
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.running_server import running_server

GOOD = b"[[[0,255],[0,255]]]"
WORDS = {"ant", "bee", "cat"}
PREDICT = "/v1/models/quickdraw:predict"
MIB = 2**20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    path = tmp_path_factory.mktemp("models")
    config = TrainingConfig()
    keras.utils.set_random_seed(1)
    export_model(build_network(config, len(WORDS)), sorted(WORDS), config, str(path / "1"))
    with running_server(ServerConfig(path, rest=RestSettings(timeout_in_ms=2000))) as running:
        yield running


@pytest.fixture(autouse=True)
def others_are_served(server, caplog):
    """After each test a good drawing is answered over both protocols, and nothing unforeseen is in the log."""
    yield
    assert set(words_over_grpc(server, [GOOD])[0]) == WORDS
    assert set(words_over_rest(server, [GOOD])[0]) == WORDS
    records = [*caplog.get_records("call"), *caplog.get_records("teardown")]
    assert not [record for record in records if record.name.startswith(("aiohttp", "serving"))]


def predict_request(drawings):
    message = PredictRequest()
    message.model_spec.name = "quickdraw"
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto(drawings, tf.string, [len(drawings)]))
    return message


def words_over_grpc(server, drawings):
    words = server.prediction.Predict(predict_request(drawings), timeout=30).outputs["words"].string_val
    return [[word.decode() for word in words[row : row + 3]] for row in range(0, len(words), 3)]


def post(server, body, headers=()):
    with contextlib.closing(http.client.HTTPConnection(urlsplit(server.rest_url).netloc, timeout=30)) as connection:
        connection.request("POST", PREDICT, body, dict(headers))
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def words_over_rest(server, drawings):
    instances = [{"b64": base64.b64encode(drawing).decode()} for drawing in drawings]
    status, answer = post(server, json.dumps({"instances": instances}))
    assert status == 200, answer
    return [row["words"] for row in answer["predictions"]]


NO_DRAWINGS = {
    "nothing": b"",
    "text": b"a drawing of a cat",
    "not JSON": b"[[[0,255],[0,255]]",
    "an empty list": b"[]",
    "an empty stroke": b"[[[],[]]]",
    "unequal lists": b"[[[0,255],[0]]]",
    "floats": b"[[[0.5,255],[0,255]]]",
    "negative": b"[[[-1,255],[0,255]]]",
    "large numbers": b"[[[99999999999999999999,255],[0,255]]]",
    "NaN": b"[[[NaN,255],[0,255]]]",
    "null": b"null",
    "strings": b'[[["0","255"],["0","255"]]]',
    "an object": b'{"drawing": [[[0,255],[0,255]]]}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "invalid UTF-8": b"[[[0,255],[0,255]]]\xff\xfe",
    "a zero byte": b"\0" + GOOD,
    "10 MB of noise": b"[[[1,2],[3," * 1_000_000,
}
DRAWINGS = {
    "one point": b"[[[3],[3]]]",
    "white space": b" [ [ [0, 255], [0, 255] ] ] ",
    "100,000 points": b"[[[%s],[%s]]]" % (b",".join([b"7", b"200"] * 50_000), b",".join([b"9", b"90"] * 50_000)),
    "10,000 strokes": b"[%s]" % b",".join([b"[[1,2],[3,4]]"] * 10_000),
    "10 MB": b"[[[%s],[%s]]]" % (b",".join([b"255"] * 1_250_000), b",".join([b"128"] * 1_250_000)),
}


@pytest.mark.parametrize("ask", [words_over_grpc, words_over_rest])
@pytest.mark.parametrize("name", NO_DRAWINGS)
def test_what_is_no_drawing_costs_its_neighbours_nothing(server, ask, name):
    first, answer, last = ask(server, [GOOD, NO_DRAWINGS[name], GOOD])
    assert answer == [""] * 3
    assert first == last == ask(server, [GOOD])[0]


@pytest.mark.parametrize("ask", [words_over_grpc, words_over_rest])
@pytest.mark.parametrize("name", DRAWINGS)
def test_odd_and_huge_drawings_are_drawings(server, ask, name):
    first, answer, last = ask(server, [GOOD, DRAWINGS[name], GOOD])
    assert set(answer) == WORDS
    assert first == last == ask(server, [GOOD])[0]


def set_signature(message):
    message.model_spec.signature_name = "no such signature"


def numbers(message):
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto([1.0]))


def rank_0(message):
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto(GOOD))


def rank_2(message):
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto([[GOOD]]))


def rank_unknown(message):
    message.inputs["drawing"].tensor_shape.unknown_rank = True


def no_type(message):
    message.inputs["drawing"].dtype = 0


def a_type_of_nobody(message):
    message.inputs["drawing"].dtype = 99


def a_negative_size(message):
    message.inputs["drawing"].tensor_shape.dim[0].size = -1


def a_size_beyond_memory(message):
    message.inputs["drawing"].tensor_shape.dim[0].size = 2**62


def a_size_that_overflows(message):
    message.inputs["drawing"].tensor_shape.dim.add(size=2**62)
    message.inputs["drawing"].tensor_shape.dim.add(size=2**62)


def content_that_is_cut(message):
    message.inputs["drawing"].Clear()
    message.inputs["drawing"].dtype = DT_STRING
    message.inputs["drawing"].tensor_shape.dim.add(size=2**40)
    message.inputs["drawing"].tensor_content = b"\x7f"


def another_input(message):
    message.inputs["x"].CopyFrom(message.inputs["drawing"])
    del message.inputs["drawing"]


def no_input(message):
    del message.inputs["drawing"]


GRPC_REFUSALS = {
    set_signature: (grpc.StatusCode.FAILED_PRECONDITION, "Serving signature key"),
    numbers: (grpc.StatusCode.INVALID_ARGUMENT, "Expects arg[0] to be string but float is provided"),
    rank_0: (grpc.StatusCode.INVALID_ARGUMENT, ""),
    rank_2: (grpc.StatusCode.INVALID_ARGUMENT, ""),
    rank_unknown: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    no_type: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    a_type_of_nobody: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    a_negative_size: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    a_size_beyond_memory: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    a_size_that_overflows: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    content_that_is_cut: (grpc.StatusCode.INVALID_ARGUMENT, "tensor parsing error: drawing"),
    another_input: (grpc.StatusCode.INVALID_ARGUMENT, ""),
    no_input: (grpc.StatusCode.INVALID_ARGUMENT, "input size does not match signature: 0!=1"),
}


@pytest.mark.parametrize("spoil", GRPC_REFUSALS, ids=lambda spoil: spoil.__name__)
def test_grpc_requests_that_are_refused(server, spoil):
    message = predict_request([GOOD])
    spoil(message)
    with pytest.raises(grpc.RpcError) as caught:
        server.prediction.Predict(message, timeout=10)
    code, text = GRPC_REFUSALS[spoil]
    assert caught.value.code() == code
    assert caught.value.details().startswith(text)
    assert caught.value.details()


REST_REFUSALS = {
    "nothing": (b"", "JSON Parse error: The document is empty"),
    "text": (b"a drawing of a cat", "JSON Parse error: "),
    "cut": (b'{"instances": ["', "JSON Parse error: "),
    "invalid UTF-8": (b'{"instances": ["\xff\xfe"]}', "JSON Parse error: "),
    "deep": (b'{"instances": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "JSON Parse error: The document is nested"),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "JSON Parse error: The document is nested too deeply"),
    "many digits": (b'{"instances": [' + b"9" * 1_000_000 + b"]}", "JSON Parse error: "),
    "NaN for a drawing": (b'{"instances": [NaN]}', "Failed to process element: 0"),
    "a number for a drawing": (b'{"instances": [1]}', "Failed to process element: 0"),
    "strokes for a drawing": (b'{"instances": [[[[0,255],[0,255]]]]}', "Failed to process element: 0"),
    "rank 2": (b'{"instances": [["a"]]}', ""),
    "rank 0": (b'{"inputs": "a"}', ""),
    "zero rows": (b'{"instances": []}', "JSON Value: [] No values in 'instances' array"),
    "rows of unequal size": (b'{"instances": [["a"], ["a", "b"]]}', ""),
    "unknown signature": (b'{"signature_name": "x", "instances": ["a"]}', 'Serving signature name: "x" not found'),
    "unknown input": (b'{"instances": [{"x": "a"}]}', "Failed to process element: 0 key: x"),
    "a list": (b'["a"]', "JSON Value: ["),
    "base64 that is none": (b'{"instances": [{"b64": "?"}]}', "Failed to process element: 0"),
    "half a surrogate pair": (b'{"instances": ["\\ud800"]}', "Failed to process element: 0"),
}


@pytest.mark.parametrize("name", REST_REFUSALS)
def test_rest_requests_that_are_refused(server, name):
    body, text = REST_REFUSALS[name]
    status, answer = post(server, body)
    assert status == 400
    assert answer["error"].startswith(text)
    assert answer["error"]


def test_no_rows_over_grpc(server):
    assert words_over_grpc(server, []) == []


def test_a_grpc_message_that_is_none(server):
    call = server.channel.unary_unary("/tensorflow.serving.PredictionService/Predict")
    with pytest.raises(grpc.RpcError) as caught:
        call(b"\xff" * 1000, timeout=10)
    assert caught.value.code() is grpc.StatusCode.INTERNAL
    assert caught.value.details()


@pytest.mark.parametrize(
    ("body", "headers", "status", "text"),
    [
        (b" " * (64 * MIB + 1), {}, 413, "The request body is larger than 67108864 bytes"),
        (gzip.compress(b" " * 65 * MIB), {"Content-Encoding": "gzip"}, 413, "The request body is larger than 67108864"),
        (b"no gzip", {"Content-Encoding": "gzip"}, 400, "The request body cannot be read"),
        (gzip.compress(b"{}")[:-4], {"Content-Encoding": "gzip"}, 400, "The request body cannot be read"),
    ],
    ids=["64 MiB and a byte", "65 MiB as gzip", "not gzip", "gzip that is cut"],
)
def test_rest_bodies_that_are_not_read(server, body, headers, status, text):
    answered, answer = post(server, body, headers)
    assert answered == status
    assert answer["error"].startswith(text)


def start(server, port, data):
    address = server.target if port == "grpc" else urlsplit(server.rest_url).netloc
    host, number = address.split(":")
    connection = socket.create_connection((host, int(number)), timeout=10)
    connection.sendall(data)
    return connection


HEAD = f"POST {PREDICT} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n".encode()
CHUNKED = f"POST {PREDICT} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
HTTP2 = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
CUTS = {
    "before a request": ("rest", b""),
    "in a head": ("rest", HEAD[:20]),
    "in a body": ("rest", HEAD + b'{"instances": ['),
    "in a chunk": ("rest", CHUNKED + b"ff\r\n{"),
    "before HTTP/2": ("grpc", b""),
    "in the HTTP/2 preface": ("grpc", HTTP2[:10]),
    "in an HTTP/2 frame": ("grpc", HTTP2 + b"\0\1\0\0\0"),
    "HTTP/1.1": ("grpc", HEAD),
    "TLS": ("grpc", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100)),
    "a frame of 16 MB": ("grpc", HTTP2 + b"\xff\xff\xff\0\0\0\0\0\1"),
}


@pytest.mark.parametrize("name", CUTS)
def test_connections_that_are_cut(server, name):
    for _ in range(20):
        start(server, *CUTS[name]).close()


@pytest.mark.parametrize("begin", [HEAD, CUTS["in a chunk"][1]], ids=["body", "chunk"])
def test_bodies_that_come_letter_by_letter(server, begin):
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(start(server, "rest", begin)) for _ in range(20)]
        for _ in range(10):
            for connection in slow:
                connection.sendall(b" ")
            started = time.monotonic()
            assert words_over_rest(server, [GOOD])
            assert time.monotonic() - started < 1
            time.sleep(0.1)
        for connection in slow:
            response = http.client.HTTPResponse(connection)
            response.begin()
            assert response.status == 408
            assert json.loads(response.read())["error"] == "The request body took longer than 2000 ms"


def test_a_chunk_that_is_none(server):
    with start(server, "rest", CHUNKED + b"2\r\n{}\r\n") as connection:
        time.sleep(0.2)
        connection.sendall(b"what?\r\n")
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == 408  # aiohttp does not tell a request that its body has become nonsense
        assert json.loads(response.read())["error"]


def test_a_client_that_leaves_while_it_is_computed_for(server):
    calls = [server.prediction.Predict.future(predict_request([GOOD] * 1000), timeout=30) for _ in range(20)]
    for call in calls:
        call.cancel()
    # The first may have been answered before it was its turn to be cancelled.
    assert any(call.cancelled() for call in calls)
    assert all(call.done() for call in calls)

import json
import threading
import time
from concurrent import futures

import grpc
import numpy as np
import pytest
from tensorflow_serving.apis import prediction_service_pb2_grpc

from components.errors import QuickdrawError, UsageError
from serving.client import DoodleClient, Guess, RetryPolicy
from tests.serving.client.shaky_servers import shaky_grpc_server, shaky_rest_server
from tests.serving.tiny_model import DRAWING

BEST = [Guess("ant", 1.0), Guess("alarm_clock", pytest.approx(0.2)), Guess("angel", pytest.approx(0.1))]
NO_DRAWING = [Guess("", 0.0)] * 3
BUSY = grpc.StatusCode.UNAVAILABLE


@pytest.fixture(params=["grpc", "rest"])
def client(server, request):
    """Every answer is the same over both protocols."""
    with DoodleClient(server.target if request.param == "grpc" else server.rest_url) as client:
        yield client


def test_texts_lists_and_arrays(client):
    drawings = [DRAWING, [[[0, 255], [0, 255]]], [np.array([[0, 255], [0, 255]])], "bad", [7]]
    assert client.predict(drawings) == [BEST, BEST, BEST, NO_DRAWING, NO_DRAWING]


def test_scores_are_the_same_float32_over_both_protocols(server):
    with DoodleClient(server.target) as over_grpc, DoodleClient(server.rest_url) as over_rest:
        assert over_grpc.predict([DRAWING]) == over_rest.predict([DRAWING])


def test_no_drawings(client):
    assert client.predict([]) == []


def test_bytes_that_are_no_text_are_no_drawing(client):
    assert client.predict([b"\xff".decode("utf-8", "surrogateescape")]) == [NO_DRAWING]


def test_many_drawings_keep_their_order(client):
    assert client.predict(iter([DRAWING, *["bad"] * 600, DRAWING])) == [BEST, *[NO_DRAWING] * 600, BEST]


def test_a_stream_reads_no_further_than_the_next_request(client):
    read = []
    answers = client.predict_stream(read.append(number) or DRAWING for number in range(10_000))
    assert next(answers) == BEST
    assert len(read) == 257


def test_threads_share_a_client(client):
    with futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(client.predict, [[DRAWING]] * 50 + [["bad"]] * 50))
    assert answers == [[BEST]] * 50 + [[NO_DRAWING]] * 50


def test_nobody_answers():
    started = time.monotonic()
    for target in ("localhost:1", "http://localhost:1"):
        with (
            DoodleClient(target) as client,
            pytest.raises(UsageError, match=f"No server answers at {target}: start one with `quickdraw serve`."),
        ):
            client.predict([DRAWING])
    assert time.monotonic() - started < 15


def test_the_rest_port_is_no_grpc_server(server):
    target = server.rest_url.removeprefix("http://")
    with DoodleClient(target) as client, pytest.raises(UsageError, match="does not speak gRPC: is it the REST port"):
        client.predict([DRAWING])


def test_a_refused_request(server):
    for target in (server.target, server.rest_url):
        with (
            DoodleClient(target, model_name="x/y") as client,
            pytest.raises(
                QuickdrawError, match=r"refused the request: Servable not found for request: Latest\(x/y\)"
            ) as caught,
        ):
            client.predict([DRAWING])
        assert not isinstance(caught.value, UsageError)


@pytest.mark.parametrize("failures", [1, 4])
def test_a_server_that_is_busy_for_a_while(server, failures):
    with shaky_grpc_server(server.target, [BUSY] * failures) as (target, requests), DoodleClient(target) as client:
        assert client.predict([DRAWING]) == [BEST]
        assert len(requests) == failures + 1
    with (
        shaky_rest_server(server.rest_url, [(503, b"{}")] * failures) as (url, bodies),
        DoodleClient(url) as client,
    ):
        assert client.predict([DRAWING]) == [BEST]
        assert len(bodies) == failures + 1


def test_the_largest_request_is_retried_too(server):
    drawing = json.dumps([[[0] * 450_000, [0] * 450_000]])  # 2.7 MB, which goes alone
    with shaky_grpc_server(server.target, [BUSY]) as (target, requests), DoodleClient(target) as client:
        assert client.predict([drawing, "bad"]) == [BEST, NO_DRAWING]
    assert [request.ByteSize() > 2_700_000 for request in requests] == [True, True, False]


def test_a_server_that_stays_busy(server):
    sentence = r"takes no requests at the moment: the queue is full"
    with (
        shaky_grpc_server(server.target, [BUSY] * 10) as (target, requests),
        DoodleClient(target, retry=RetryPolicy(max_attempts=2)) as client,
        pytest.raises(QuickdrawError, match=sentence),
    ):
        client.predict([DRAWING])
    assert len(requests) == 2
    busy = (503, b'{"error": "the queue is full"}')
    with (
        shaky_rest_server(server.rest_url, [busy] * 10) as (url, bodies),
        DoodleClient(url, retry=RetryPolicy(max_attempts=2)) as client,
        pytest.raises(QuickdrawError, match=sentence),
    ):
        client.predict([DRAWING])
    assert len(bodies) == 2


@pytest.mark.parametrize("code", [code for code in grpc.StatusCode if code not in {BUSY, grpc.StatusCode.OK}])
def test_no_other_status_is_retried(server, code):
    with (
        shaky_grpc_server(server.target, [code]) as (target, requests),
        DoodleClient(target) as client,
        pytest.raises(QuickdrawError, match=r"the queue is full|did not answer within 10 seconds"),
    ):
        client.predict([DRAWING])
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        ((400, b'{"error": "bad tensor"}'), "refused the request: bad tensor"),
        ((429, b""), "refused the request: HTTP status 429"),
        ((500, b"[]"), "refused the request: HTTP status 500"),
        ((302, b""), "refused the request: HTTP status 302"),
        ((504, b""), "did not answer within 10 seconds"),
        ((200, b"hello"), "no server of a model that `quickdraw run` pushed"),
        ((200, b'{"outputs": [[1.0]]}'), "no server of a model that `quickdraw run` pushed"),
        ((200, b'{"outputs": {"words": [["ant"]], "scores": [[]]}}'), "answered 1 words and 0 scores for 1 drawings"),
    ],
)
def test_no_other_rest_answer_is_retried(server, failure, sentence):
    with (
        shaky_rest_server(server.rest_url, [failure]) as (url, bodies),
        DoodleClient(url) as client,
        pytest.raises(QuickdrawError, match=sentence),
    ):
        client.predict([DRAWING])
    assert len(bodies) == 1


def test_a_lost_http_connection_is_retried(server):
    with shaky_rest_server(server.rest_url, [ConnectionError]) as (url, bodies), DoodleClient(url) as client:
        assert client.predict([DRAWING]) == [BEST]
        assert len(bodies) == 2


def test_a_server_that_starts_while_the_client_tries(server):
    with shaky_grpc_server(server.target) as (target, _):
        pass  # the port is free again
    # All tries are made before gRPC would, if not told otherwise, connect for the second time.
    quick = RetryPolicy(initial_backoff_seconds=0.16, max_backoff_seconds=0.16)
    with DoodleClient(target, retry=quick) as client, futures.ThreadPoolExecutor() as threads:
        answer = threads.submit(client.predict, [DRAWING])
        time.sleep(0.05)
        with shaky_grpc_server(server.target, port=int(target.rpartition(":")[2])):
            assert answer.result() == [BEST]


def test_the_deadline_is_that_of_all_tries(server):
    slow = RetryPolicy(initial_backoff_seconds=5, max_backoff_seconds=5)
    started = time.monotonic()
    with (
        shaky_grpc_server(server.target, [BUSY]) as (target, _),
        DoodleClient(target, timeout_seconds=0.3, retry=slow) as client,
        pytest.raises(QuickdrawError, match=r"did not answer within 0\.3 seconds\."),
    ):
        client.predict([DRAWING])
    with (
        shaky_rest_server(server.rest_url, [(503, b"{}")]) as (url, _),
        DoodleClient(url, timeout_seconds=0.3, retry=slow) as client,
        pytest.raises(QuickdrawError, match=r"did not answer within 0\.3 seconds\."),
    ):
        client.predict([DRAWING])
    assert time.monotonic() - started < 4


def test_a_server_that_never_answers():
    class NeverAnswers(prediction_service_pb2_grpc.PredictionServiceServicer):
        def Predict(self, request, context):
            done.wait()

    done = threading.Event()
    with futures.ThreadPoolExecutor(1) as workers:
        server = grpc.server(workers)
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(NeverAnswers(), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        with (
            DoodleClient(f"127.0.0.1:{port}", timeout_seconds=0.2) as client,
            pytest.raises(QuickdrawError, match=r"did not answer within 0\.2 seconds\."),
        ):
            client.predict([DRAWING])
        done.set()
        server.stop(0).wait()

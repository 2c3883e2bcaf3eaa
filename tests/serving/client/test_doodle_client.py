import threading
from concurrent import futures

import grpc
import pytest
from tensorflow_serving.apis import prediction_service_pb2_grpc

from components.errors import QuickdrawError, UsageError
from serving.client import DoodleClient, Guess, doodle_client
from tests.serving.tiny_model import DRAWING

BEST = [Guess("ant", 1.0), Guess("alarm_clock", pytest.approx(0.2)), Guess("angel", pytest.approx(0.1))]
NO_DRAWING = [Guess("", 0.0)] * 3


@pytest.fixture
def client(server):
    with DoodleClient(server.target) as client:
        yield client


def test_texts_and_lists(client):
    assert client.predict([DRAWING, [[[0, 255], [0, 255]]], "bad"]) == [BEST, BEST, NO_DRAWING]


def test_no_drawings(client):
    assert client.predict([]) == []


def test_many_drawings_go_in_batches_and_keep_their_order(client, monkeypatch):
    monkeypatch.setattr(doodle_client, "_BATCH_SIZE", 2)
    assert client.predict(iter([DRAWING, "bad", "bad", "bad", DRAWING])) == [
        BEST,
        NO_DRAWING,
        NO_DRAWING,
        NO_DRAWING,
        BEST,
    ]


def test_bytes_that_are_no_text_are_no_drawing(client):
    assert client.predict([b"\xff".decode("utf-8", "surrogateescape")]) == [NO_DRAWING]


def test_nobody_answers():
    with (
        DoodleClient("127.0.0.1:1") as client,
        pytest.raises(UsageError, match=r"No server answers at 127\.0\.0\.1:1: start one with `quickdraw serve`\."),
    ):
        client.predict([DRAWING])


def test_a_refused_request(server):
    with (
        DoodleClient(server.target, model_name="x") as client,
        pytest.raises(
            QuickdrawError, match=r"refused the request: Servable not found for request: Latest\(x\)"
        ) as caught,
    ):
        client.predict([DRAWING])
    assert not isinstance(caught.value, UsageError)


def test_a_missed_deadline():
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

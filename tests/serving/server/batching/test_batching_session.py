"""Batches of signatures that are held up, so that requests gather; and of a real model."""

import gc
import threading
import time
import weakref
from contextlib import contextmanager

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

from serving.server.batching.batching_session import BatchingSession
from serving.server.batching.metrics import BatchingMetrics
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError
from serving.server.models.loaded_model import load_model
from serving.server.models.signature import Signature
from serving.server.models.versions import Version
from tests.serving.tiny_model import DRAWING

EVIL = -1.0


class HeldSignature:
    """A signature that doubles, and whose calls wait until they are let go."""

    def __init__(self):
        self.sizes = []
        self.go = threading.Event()
        self.entered = threading.Semaphore(0)
        definition = meta_graph_pb2.SignatureDef()
        definition.inputs["x"].dtype = definition.outputs["y"].dtype = tf.float32.as_datatype_enum
        self.signature = Signature(definition, self._double)

    @classmethod
    def free(cls):
        """One that waits for nobody."""
        signature = cls()
        signature.go.set()
        return signature

    def _double(self, x):
        self.sizes.append(len(x))
        self.entered.release()
        assert self.go.wait(20)
        if tf.reduce_any(x == EVIL):
            raise tf.errors.InvalidArgumentError(None, None, "evil")
        return {"y": 2 * x}


@pytest.fixture
def held():
    return HeldSignature()


def numbers(*values):
    return {"x": np.array(values, np.float32)}


@contextmanager
def batching(metrics=None, **parameters):
    """A session of one thread."""
    session = BatchingSession(
        BatchingParameters(**{"num_batch_threads": 1, **parameters}), metrics or BatchingMetrics()
    )
    try:
        yield session
    finally:
        session.close()


@contextmanager
def busy(held, **parameters):
    """A session whose only thread computes until the block ends."""
    with batching(**parameters) as session:
        first = session.submit(held.signature, numbers(0), ["y"])
        try:
            assert held.entered.acquire(timeout=20)
            yield session
        finally:
            held.go.set()
        assert first.result(20)["y"].tolist() == [0.0]


def doubled(answer):
    return answer.result(20)["y"].tolist()


def test_what_waits_at_the_same_time_runs_as_one(held):
    with busy(held) as session:
        rest = [session.submit(held.signature, numbers(n), ["y"]) for n in (1, 2, 3)]
    assert [doubled(answer) for answer in rest] == [[2.0], [4.0], [6.0]]
    assert held.sizes == [1, 3]


def test_batches_are_filled_no_further_than_allowed(held):
    with busy(held, max_batch_size=4) as session:
        for n in (1, 2, 3):
            session.submit(held.signature, numbers(n, n), ["y"])
    assert held.sizes == [1, 4, 2]


def test_a_batch_is_padded_to_an_allowed_size(held):
    held.go.set()
    with batching(max_batch_size=8, allowed_batch_sizes=(2, 5, 8)) as session:
        assert doubled(session.submit(held.signature, numbers(1, 2, 3), ["y"])) == [2.0, 4.0, 6.0]
    assert held.sizes == [5]


LARGE = {"max_batch_size": 8, "max_execution_batch_size": 2, "enable_large_batch_splitting": True}


def test_a_large_request_is_cut_and_put_together_again(held):
    held.go.set()
    with batching(**LARGE) as session:
        answer = session.submit(held.signature, numbers(1, 2, 3, 4, 5), ["y"])
        assert doubled(answer) == [2.0, 4.0, 6.0, 8.0, 10.0]
    assert held.sizes == [2, 2, 1]


def test_a_large_request_fails_with_any_of_its_parts(held):
    held.go.set()
    with batching(**LARGE) as session, pytest.raises(ServingError, match="evil"):
        session.submit(held.signature, numbers(1, 2, 3, EVIL, 5), ["y"]).result(20)


def test_a_large_request_whose_client_went_away_is_not_computed(held):
    with busy(held, **LARGE) as session:
        assert session.submit(held.signature, numbers(1, 2, 3, 4, 5), ["y"]).cancel()
    assert held.sizes == [1]


def test_a_request_larger_than_a_batch_is_refused(held):
    with (
        batching(max_batch_size=4) as session,
        pytest.raises(ServingError, match=r"Task size 5 is larger than maximum input batch size 4$"),
    ):
        session.submit(held.signature, numbers(1, 2, 3, 4, 5), ["y"])


def test_a_full_queue_refuses_at_once(held):
    with busy(held, max_batch_size=1, max_enqueued_batches=1) as session:
        waiting = session.submit(held.signature, numbers(1), ["y"])
        with pytest.raises(ServingError) as refusal:
            session.submit(held.signature, numbers(2), ["y"])
    assert refusal.value.code is grpc.StatusCode.UNAVAILABLE
    assert doubled(waiting) == [2.0]


def test_only_those_at_fault_are_refused(held):
    with busy(held) as session:
        one, evil, three = (session.submit(held.signature, numbers(n), ["y"]) for n in (1, EVIL, 3))
    assert [doubled(answer) for answer in (one, three)] == [[2.0], [6.0]]
    error = evil.exception(20)
    assert isinstance(error, ServingError)
    assert (error.code, error.message) == (grpc.StatusCode.INVALID_ARGUMENT, "evil")
    assert held.sizes == [1, 3, 1, 1, 1]


def test_a_client_that_went_away_is_not_computed(held):
    with busy(held) as session:
        gone, stays = (session.submit(held.signature, numbers(n), ["y"]) for n in (1, 2))
        assert gone.cancel()
    assert doubled(stays) == [4.0]
    assert held.sizes == [1, 1]


def test_an_under_full_batch_waits_for_its_time(held):
    held.go.set()
    with batching(batch_timeout_micros=300_000) as session:
        began = time.monotonic()
        first = session.submit(held.signature, numbers(1), ["y"])
        time.sleep(0.05)
        second = session.submit(held.signature, numbers(2), ["y"])
        assert [doubled(first), doubled(second)] == [[2.0], [4.0]]
        assert time.monotonic() - began >= 0.3
    assert held.sizes == [2]


def test_choices_of_outputs_do_not_share_a_batch(held):
    with busy(held) as session:
        _, without = (session.submit(held.signature, numbers(1), outputs) for outputs in (["y"], []))
    assert without.result(20) == {}
    assert held.sizes == [1, 1, 1]


def test_a_wrong_type_does_not_reach_a_batch(held):
    with (
        batching() as session,
        pytest.raises(ServingError, match=r"Expects arg\[0\] to be float but int64 is provided"),
    ):
        session.submit(held.signature, {"x": np.array([1])}, ["y"])
    assert held.sizes == []


def test_an_unforeseen_error_reaches_who_waits():
    definition = meta_graph_pb2.SignatureDef()
    definition.inputs["x"].dtype = tf.float32.as_datatype_enum

    def broken(x):
        raise RuntimeError("unforeseen")

    with batching() as session, pytest.raises(RuntimeError, match="unforeseen"):
        session.submit(Signature(definition, broken), numbers(1), ["y"]).result(20)


@pytest.mark.parametrize("parameters", [{}, LARGE], ids=["whole", "cut"])
def test_a_waiting_thread_keeps_no_model(held, parameters):
    held.go.set()
    gone = weakref.ref(held.signature)
    gc.disable()  # not when the collector happens to come by
    try:
        with batching(**parameters) as session:
            session.submit(held.signature, numbers(1, 2, 3), ["y"]).result(20)
            session.submit(HeldSignature.free().signature, numbers(1), ["y"]).result(20)
            held.signature = None
            assert gone() is None
    finally:
        gc.enable()


def test_what_is_counted_and_timed(held):
    metrics = BatchingMetrics()
    with busy(held, metrics=metrics, max_batch_size=8, allowed_batch_sizes=(1, 4, 8)) as session:
        for values in ((1, 2), (3,)):
            session.submit(held.signature, numbers(*values), ["y"])
        with pytest.raises(ServingError):
            session.submit(held.signature, {"x": np.zeros(9, np.float32)}, ["y"])
        time.sleep(0.05)
    page = [line.split("batching_session:")[1] for metric in metrics.metrics() for line in metric.lines()]
    for line in (
        "wrapped_run_count{} 2",
        "input_batch_size_count{} 3",
        "input_batch_size_sum{} 4.0",
        "processed_batch_size_sum{} 5.0",
        'padding_size_sum{execution_batch_size="4"} 1.0',
        'queuing_latency_count{thread_pool_name="model_server_batch_threads"} 3',
    ):
        assert line in page
    (waited,) = (line.split()[1] for line in page if line.startswith("queuing_latency_sum"))
    assert float(waited) >= 2 * 50_000


def test_a_real_model_answers_many_at_a_time(exported_models):
    signature = load_model(Version(1, exported_models[1])).signature("serving_default")
    drawing = np.array([DRAWING.encode()], object)
    with batching(num_batch_threads=2, max_batch_size=16, max_enqueued_batches=100) as session:
        waiting = [session.submit(signature, {"drawing": drawing}, ["words"]) for _ in range(200)]
        answers = [answer.result(20) for answer in waiting]
    assert {tuple(answer["words"].ravel().tolist()) for answer in answers} == {(b"ant", b"alarm_clock", b"angel")}
    assert {answer["words"].shape for answer in answers} == {(1, 3)}

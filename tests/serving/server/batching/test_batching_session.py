"""Batches of signatures that are held up, so that requests gather; and of a real model."""

import asyncio
import threading
import time

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf import meta_graph_pb2

from serving.server.batching.batching_session import BatchingSession
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError
from serving.server.loaded_model import load_model
from serving.server.signature import Signature
from serving.server.versions import Version
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


def in_session(story, **parameters):
    """Runs a coroutine with a session of one thread."""

    async def told():
        session = BatchingSession(BatchingParameters(**{"num_batch_threads": 1, **parameters}))
        try:
            return await asyncio.wait_for(story(session), 30)
        finally:
            session.close()

    return asyncio.run(told())


async def first_in_the_thread(session, held, value=0.0):
    """Occupies the only thread."""
    running = asyncio.create_task(session.run(held.signature, numbers(value), ["y"]))
    await asyncio.to_thread(held.entered.acquire, timeout=20)
    return running


async def submitted(*coroutines):
    tasks = [asyncio.create_task(one) for one in coroutines]
    await asyncio.sleep(0)
    return tasks


def test_what_waits_at_the_same_time_runs_as_one(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        rest = await submitted(*(session.run(held.signature, numbers(n), ["y"]) for n in (1, 2, 3)))
        held.go.set()
        return [answer["y"].tolist() for answer in await asyncio.gather(first, *rest)]

    assert in_session(story) == [[0.0], [2.0], [4.0], [6.0]]
    assert held.sizes == [1, 3]


def test_batches_are_filled_no_further_than_allowed(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        rest = await submitted(*(session.run(held.signature, numbers(n, n), ["y"]) for n in (1, 2, 3)))
        held.go.set()
        await asyncio.gather(first, *rest)

    in_session(story, max_batch_size=4)
    assert held.sizes == [1, 4, 2]


def test_a_batch_is_padded_to_an_allowed_size(held):
    held.go.set()
    answer = in_session(
        lambda session: session.run(held.signature, numbers(1, 2, 3), ["y"]),
        max_batch_size=8,
        allowed_batch_sizes=(2, 5, 8),
    )
    assert answer["y"].tolist() == [2.0, 4.0, 6.0]
    assert held.sizes == [5]


def test_a_large_request_is_cut_and_put_together_again(held):
    held.go.set()
    answer = in_session(
        lambda session: session.run(held.signature, numbers(1, 2, 3, 4, 5), ["y"]),
        max_batch_size=8,
        max_execution_batch_size=2,
        enable_large_batch_splitting=True,
    )
    assert answer["y"].tolist() == [2.0, 4.0, 6.0, 8.0, 10.0]
    assert held.sizes == [2, 2, 1]


def test_a_request_larger_than_a_batch_is_refused(held):
    with pytest.raises(ServingError, match=r"Task size 5 is larger than maximum input batch size 4$"):
        in_session(lambda session: session.run(held.signature, numbers(1, 2, 3, 4, 5), ["y"]), max_batch_size=4)


def test_a_full_queue_refuses_at_once(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        waiting = await submitted(session.run(held.signature, numbers(1), ["y"]))
        with pytest.raises(ServingError) as refusal:
            await session.run(held.signature, numbers(2), ["y"])
        held.go.set()
        await asyncio.gather(first, *waiting)
        return refusal.value.code

    assert in_session(story, max_batch_size=1, max_enqueued_batches=1) is grpc.StatusCode.UNAVAILABLE


def test_only_those_at_fault_are_refused(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        rest = await submitted(*(session.run(held.signature, numbers(n), ["y"]) for n in (1, EVIL, 3)))
        held.go.set()
        return await asyncio.gather(first, *rest, return_exceptions=True)

    first, one, evil, three = in_session(story)
    assert [answer["y"].tolist() for answer in (first, one, three)] == [[0.0], [2.0], [6.0]]
    assert isinstance(evil, ServingError)
    assert (evil.code, evil.message) == (grpc.StatusCode.INVALID_ARGUMENT, "evil")
    assert held.sizes == [1, 3, 1, 1, 1]


def test_a_client_that_went_away_is_not_computed(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        gone, stays = await submitted(*(session.run(held.signature, numbers(n), ["y"]) for n in (1, 2)))
        gone.cancel()
        held.go.set()
        await asyncio.gather(first, stays)

    in_session(story)
    assert held.sizes == [1, 1]


def test_an_under_full_batch_waits_for_its_time(held):
    held.go.set()

    async def story(session):
        began = time.monotonic()
        first = await submitted(session.run(held.signature, numbers(1), ["y"]))
        await asyncio.sleep(0.05)
        second = await submitted(session.run(held.signature, numbers(2), ["y"]))
        await asyncio.gather(*first, *second)
        return time.monotonic() - began

    assert in_session(story, batch_timeout_micros=300_000) >= 0.3
    assert held.sizes == [2]


def test_choices_of_outputs_do_not_share_a_batch(held):
    async def story(session):
        first = await first_in_the_thread(session, held)
        rest = await submitted(
            *(session.run(held.signature, numbers(n), outputs) for n, outputs in ((1, ["y"]), (2, [])))
        )
        held.go.set()
        return await asyncio.gather(first, *rest)

    *_, without = in_session(story)
    assert without == {}
    assert held.sizes == [1, 1, 1]


def test_a_wrong_type_does_not_reach_a_batch(held):
    with pytest.raises(ServingError, match=r"Expects arg\[0\] to be float but int64 is provided"):
        in_session(lambda session: session.run(held.signature, {"x": np.array([1])}, ["y"]))
    assert held.sizes == []


def test_an_unforeseen_error_reaches_who_waits():
    definition = meta_graph_pb2.SignatureDef()
    definition.inputs["x"].dtype = tf.float32.as_datatype_enum

    def broken(x):
        raise RuntimeError("unforeseen")

    with pytest.raises(RuntimeError, match="unforeseen"):
        in_session(lambda session: session.run(Signature(definition, broken), numbers(1), ["y"]))


def test_a_real_model_answers_many_at_a_time(exported_models):
    signature = load_model(Version(1, exported_models[1])).signature("serving_default")
    drawing = np.array([DRAWING.encode()], object)

    async def story(session):
        return await asyncio.gather(*(session.run(signature, {"drawing": drawing}, ["words"]) for _ in range(200)))

    answers = in_session(story, num_batch_threads=2, max_batch_size=16, max_enqueued_batches=100)
    assert {tuple(answer["words"].ravel().tolist()) for answer in answers} == {(b"ant", b"alarm_clock", b"angel")}
    assert {answer["words"].shape for answer in answers} == {(1, 3)}

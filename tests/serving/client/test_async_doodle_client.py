import asyncio
import time

import grpc
import pytest

from components.errors import QuickdrawError, UsageError
from serving.client import AsyncDoodleClient, Guess, RetryPolicy
from tests.serving.client.shaky_servers import shaky_grpc_server
from tests.serving.tiny_model import DRAWING

BEST = [Guess("ant", 1.0), Guess("alarm_clock", pytest.approx(0.2)), Guess("angel", pytest.approx(0.1))]
NO_DRAWING = [Guess("", 0.0)] * 3
BUSY = grpc.StatusCode.UNAVAILABLE


async def ask(target, drawings, **options):
    async with AsyncDoodleClient(target, **options) as client:
        return await client.predict(drawings)


def test_texts_and_strokes(server):
    assert asyncio.run(ask(server.target, [DRAWING, [[[0.5, 255], [0, 255]]], "bad"])) == [BEST, BEST, NO_DRAWING]


def test_many_drawings_from_an_asynchronous_source_keep_their_order(server):
    async def drawings():
        for text in [DRAWING, *["bad"] * 600, DRAWING]:
            await asyncio.sleep(0)
            yield text

    assert asyncio.run(ask(server.target, drawings())) == [BEST, *[NO_DRAWING] * 600, BEST]


def test_a_stream_reads_no_further_than_the_next_request(server):
    async def first_answer():
        async with AsyncDoodleClient(server.target) as client:
            answers = client.predict_stream(read.append(number) or DRAWING for number in range(10_000))
            return await anext(answers)

    read = []
    assert asyncio.run(first_answer()) == BEST
    assert len(read) == 257


def test_tasks_share_a_client(server):
    async def many():
        async with AsyncDoodleClient(server.target) as client:
            return await asyncio.gather(*(client.predict([text]) for text in [DRAWING, "bad"] * 50))

    assert asyncio.run(many()) == [[BEST], [NO_DRAWING]] * 50


def test_a_busy_server_is_asked_again(server):
    with shaky_grpc_server(server.target, [BUSY, BUSY]) as (target, requests):
        assert asyncio.run(ask(target, [DRAWING])) == [BEST]
    assert len(requests) == 3


def test_no_other_status_is_retried(server):
    with (
        shaky_grpc_server(server.target, [grpc.StatusCode.INTERNAL]) as (target, requests),
        pytest.raises(QuickdrawError, match="refused the request: the queue is full"),
    ):
        asyncio.run(ask(target, [DRAWING]))
    assert len(requests) == 1


def test_the_deadline_is_that_of_all_tries(server):
    slow = RetryPolicy(initial_backoff_seconds=5, max_backoff_seconds=5)
    started = time.monotonic()
    with (
        shaky_grpc_server(server.target, [BUSY]) as (target, _),
        pytest.raises(QuickdrawError, match=r"did not answer within 0\.3 seconds\."),
    ):
        asyncio.run(ask(target, [DRAWING], timeout_seconds=0.3, retry=slow))
    assert time.monotonic() - started < 2


def test_nobody_answers():
    with pytest.raises(UsageError, match="No server answers at localhost:1"):
        asyncio.run(ask("localhost:1", [DRAWING]))


def test_a_rest_server_is_not_its_kind():
    with pytest.raises(UsageError, match="speaks gRPC"):
        asyncio.run(ask("http://localhost:8501", [DRAWING]))

import math

import grpc
import numpy as np
import pytest

from serving.server.batching.batch_queue import BatchQueue, Task
from serving.server.batching.parameters import BatchingParameters
from serving.server.errors import ServingError


def task(rows):
    return Task({"x": np.zeros(rows)}, rows)


def queue(**parameters):
    return BatchQueue(BatchingParameters(**{"max_batch_size": 4, "max_enqueued_batches": 2, **parameters}))


def test_requests_share_a_batch_until_it_is_full():
    waiting = queue()
    for rows in (2, 1, 2):
        waiting.add([task(rows)], now=0.0)
    assert len(waiting) == 2
    assert [one.rows for one in waiting.take()] == [2, 1]
    assert [one.rows for one in waiting.take()] == [2]


def test_a_full_queue_says_so():
    waiting = queue()
    waiting.add([task(3)], now=0.0)
    waiting.add([task(3)], now=0.0)
    waiting.add([task(1)], now=0.0)
    with pytest.raises(ServingError) as refusal:
        waiting.add([task(1)], now=0.0)
    assert refusal.value.code is grpc.StatusCode.UNAVAILABLE
    assert refusal.value.message == (
        "The batch scheduling queue to which this task was submitted is full; "
        "currently 2 batches enqueued and max_enqueued_batches is 2"
    )


def test_a_request_in_parts_finds_room_whole_or_not_at_all():
    waiting = queue(max_batch_size=12, max_execution_batch_size=4, enable_large_batch_splitting=True)
    with pytest.raises(ServingError, match=r"; task size is 9 but scheduling capacity is only 8$"):
        waiting.add([task(4), task(4), task(1)], now=0.0)
    assert len(waiting) == 0
    waiting.add([task(4), task(1)], now=0.0)
    assert len(waiting) == 2


def test_a_batch_is_ripe_when_it_is_full_or_has_waited():
    waiting = queue(batch_timeout_micros=500_000)
    assert waiting.ripe_at() == math.inf
    waiting.add([task(1)], now=10.0)
    waiting.add([task(1)], now=10.4)
    assert waiting.ripe_at() == 10.5
    waiting.add([task(2)], now=10.4)
    assert waiting.ripe_at() == -math.inf


def test_a_batch_that_could_not_take_the_next_request_is_ripe():
    waiting = queue(batch_timeout_micros=500_000)
    waiting.add([task(3)], now=10.0)
    waiting.add([task(2)], now=10.1)
    assert waiting.ripe_at() == -math.inf
    waiting.take()
    assert waiting.ripe_at() == 10.6


def test_what_nobody_waits_for_is_not_computed():
    waiting = queue()
    gone, good = task(1), task(1)
    for one in (gone, good):
        waiting.add([one], now=4.0)
    gone.answer.cancel()
    assert waiting.take() == [good]
    assert not good.answer.cancel()  # too late

"""Requests that tell which batch they were computed in, for the cases of section 3."""

import contextlib
import time

from tensorflow.core.framework import types_pb2

from tests.serving.conformance.requests import predict_request, tensor
from tests.serving.conformance.target import SECONDS

ONE_THREAD = "num_batch_threads { value: 1 }"
# A batch that is not full waits for longer than any case takes.
UNTIL_FULL = "batch_timeout_micros { value: 60000000 }"


def batch_request(name, *seconds, **spec):
    """A request of as many rows; the batch takes as long as the slowest row in it."""
    return predict_request(
        name, "batch", **spec, seconds=tensor(types_pb2.DT_DOUBLE, [len(seconds)], double_val=seconds)
    )


def sizes(answer):
    """For each row of an answer, how many rows were computed with it."""
    return list(answer.outputs["rows"].int_val)


def together(target, *requests):
    """Sends requests at the same time; returns their answers."""
    waiting = [target.prediction.Predict.future(request, timeout=SECONDS) for request in requests]
    return [answer.result() for answer in waiting]


@contextlib.contextmanager
def held(target, threads=1, seconds=1.0):
    """Keeps batch threads busy, until the end of the block or for so long."""
    waiting = []
    for _ in range(threads):
        waiting.append(target.prediction.Predict.future(batch_request(target.model_name, seconds), timeout=SECONDS))
        time.sleep(0.2)  # a thread has taken it, or the next would share its batch
    yield waiting
    assert all(sizes(answer.result()) == [1] for answer in waiting)

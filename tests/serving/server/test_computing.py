import dataclasses
import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from serving.server.computing import Computing
from serving.server.errors import ServingError, invalid_argument
from serving.server.methods.model_call import ModelCall
from serving.server.monitoring.metrics import ServingMetrics
from serving.server.session import DirectSession

SHORT, LONG = 10, 10**6


class EchoSignature:
    """Answers with its inputs."""

    def run(self, inputs, output_aliases):
        return {alias: inputs[alias] for alias in output_aliases}


class Model:
    """What a request holds on to."""


def echo(numbers, respond, model=None):
    return ModelCall(model, EchoSignature(), {"x": np.array(numbers)}, ["x"], respond)


@pytest.fixture
def executor():
    with ThreadPoolExecutor(1) as threads:
        yield threads


@pytest.fixture
def metrics():
    return ServingMetrics()


@pytest.fixture
def computing(executor, metrics):
    return Computing(executor, DirectSession(executor), metrics)


@pytest.mark.parametrize(("size", "read_here"), [(SHORT, True), (LONG, False)])
def test_long_requests_are_read_in_a_thread(computing, size, read_here):
    threads = []

    def read(text):
        threads.append(threading.current_thread())
        return echo([len(text)], lambda outputs: int(outputs["x"][0]))

    assert computing.answer(size, read, "text").result(20) == 4
    assert [thread is threading.main_thread() for thread in threads] == [read_here]


@pytest.mark.parametrize("size", [SHORT, LONG])
def test_a_refusal_is_an_answer(computing, size):
    def read():
        raise invalid_argument("no")

    with pytest.raises(ServingError, match="no"):
        computing.answer(size, read).result(20)


def test_the_time_in_the_session_is_told(executor, computing, metrics):
    def read():
        return dataclasses.replace(echo([1], lambda outputs: None), runtime_labels=("m", "Predict"))

    executor.submit(time.sleep, 0.1)
    computing.answer(SHORT, read).result(20)
    (seconds,) = (line.split()[1] for line in metrics.page().splitlines() if "runtime_latency_sum{" in line)
    assert float(seconds) >= 0.1 * 1e6 * 0.9


def test_an_answer_that_cannot_be_made_is_told(computing):
    with pytest.raises(KeyError):
        computing.answer(SHORT, echo, [1], lambda outputs: outputs["y"]).result(20)


@pytest.mark.parametrize("size", [SHORT, LONG])
def test_what_nobody_waits_for_is_not_computed(executor, computing, size):
    free, responded = threading.Event(), []
    executor.submit(free.wait, 20)
    gone = computing.answer(size, echo, [1], responded.append)
    assert gone.cancel()
    free.set()
    executor.submit(int).result(20)
    assert responded == []


def test_the_model_goes_with_the_answer(executor, computing):
    model = Model()
    gone = weakref.ref(model)
    gc.disable()  # not when the collector happens to come by
    try:
        computing.answer(SHORT, echo, [1], lambda outputs: None, model).result(20)
        executor.submit(int).result(20)  # the thread has let go of the first
        del model
        assert gone() is None
    finally:
        gc.enable()

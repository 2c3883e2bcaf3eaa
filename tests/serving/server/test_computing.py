import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from serving.server.computing import Computing
from serving.server.predict_method import PredictCall
from serving.server.session import DirectSession


class EchoSignature:
    """Answers with its inputs."""

    def run(self, inputs, output_aliases):
        return {alias: inputs[alias] for alias in output_aliases}


@pytest.mark.parametrize(("size", "elements", "in_loop"), [(10, 3, [True, True]), (10**6, 10**5, [False, False])])
def test_long_parts_leave_the_event_loop_alone(size, elements, in_loop):
    threads = []

    def read(text):
        threads.append(threading.current_thread())
        return PredictCall(None, EchoSignature(), {"x": np.zeros(elements)}, ["x"], respond)

    def respond(outputs):
        threads.append(threading.current_thread())
        return len(outputs["x"])

    async def story(executor):
        return await Computing(executor, DirectSession(executor)).predict(size, read, "text")

    with ThreadPoolExecutor(1) as executor:
        assert asyncio.run(story(executor)) == elements
    assert [thread is threading.main_thread() for thread in threads] == in_loop

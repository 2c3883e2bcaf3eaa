import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from serving.server.loaded_model import load_model
from serving.server.session import DirectSession
from serving.server.versions import Version
from tests.serving.tiny_model import DRAWING


@pytest.fixture
def signature(exported_models):
    return load_model(Version(1, exported_models[1])).signature("serving_default")


@pytest.fixture
def inputs():
    return {"drawing": np.array([DRAWING.encode()], object)}


def test_runs_in_a_thread(signature, inputs):
    with ThreadPoolExecutor(1) as threads:
        outputs = asyncio.run(DirectSession(threads).run(signature, inputs, ["words"]))
    assert outputs["words"].tolist() == [[b"ant", b"alarm_clock", b"angel"]]


def test_what_nobody_waits_for_is_not_computed(signature, inputs):
    async def story(threads):
        free, calls = threading.Event(), []
        threads.submit(free.wait, 20)
        signature.run = lambda *arguments: calls.append(arguments)
        gone = asyncio.create_task(DirectSession(threads).run(signature, inputs, ["words"]))
        await asyncio.sleep(0)
        gone.cancel()
        free.set()
        await asyncio.gather(gone, return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(threads, lambda: None)
        return calls

    with ThreadPoolExecutor(1) as threads:
        assert asyncio.run(story(threads)) == []

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version
from serving.server.session import DirectSession
from tests.serving.tiny_model import DRAWING


@pytest.fixture
def signature(exported_models):
    return load_model(Version(1, exported_models[1])).signature("serving_default")


@pytest.fixture
def inputs():
    return {"drawing": np.array([DRAWING.encode()], object)}


def test_runs_in_a_thread(signature, inputs):
    with ThreadPoolExecutor(1) as threads:
        outputs = DirectSession(threads).submit(signature, inputs, ["words"]).result(20)
    assert outputs["words"].tolist() == [[b"ant", b"alarm_clock", b"angel"]]


def test_what_nobody_waits_for_is_not_computed(signature, inputs):
    free, calls = threading.Event(), []
    signature.run = lambda *arguments: calls.append(arguments)
    with ThreadPoolExecutor(1) as threads:
        threads.submit(free.wait, 20)
        gone = DirectSession(threads).submit(signature, inputs, ["words"])
        gone.cancel()
        free.set()
    assert calls == []

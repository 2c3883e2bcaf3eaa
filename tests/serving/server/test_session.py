import asyncio
import time

import grpc
import numpy as np
import pytest

from serving.server.errors import ServingError
from serving.server.loaded_model import load_model
from serving.server.session import DirectSession
from serving.server.versions import Version
from tests.serving.tiny_model import DRAWING


@pytest.fixture
def run(exported_models):
    signature = load_model(Version(1, exported_models[1])).signature("serving_default")

    def one(deadline):
        async def story():
            session = DirectSession()
            try:
                return await session.run(
                    signature, {"drawing": np.array([DRAWING.encode()], object)}, ["words"], deadline
                )
            finally:
                session.close()

        return asyncio.run(story())

    return one


@pytest.mark.parametrize("seconds", [None, 60.0])
def test_runs_in_a_thread(run, seconds):
    outputs = run(seconds and time.monotonic() + seconds)
    assert outputs["words"].tolist() == [[b"ant", b"alarm_clock", b"angel"]]


def test_a_request_that_is_too_late_is_not_computed(run):
    with pytest.raises(ServingError) as refusal:
        run(time.monotonic() - 1.0)
    assert refusal.value.code is grpc.StatusCode.DEADLINE_EXCEEDED

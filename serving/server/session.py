"""Runs signatures in threads, so that the event loop stays free; `batching.batching_session` is the other way to."""

import asyncio
import os
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import grpc
import numpy as np

from serving.server.errors import ServingError
from serving.server.signature import Signature

Arrays = Mapping[str, np.ndarray]


class Session(Protocol):
    """Runs a model; named after what TensorFlow Serving runs one in."""

    async def run(
        self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str], deadline: float | None = None
    ) -> dict[str, np.ndarray]:
        """Runs one request.

        Args:
            signature: of a loaded model, which stays loaded meanwhile.
            inputs: one array for each input alias; strings are object arrays of bytes.
            output_aliases: which outputs to return.
            deadline: on the clock of `time.monotonic`; a request that has not begun by then is not computed.

        Returns:
            One array for each of `output_aliases`.

        Raises:
            ServingError: with TensorFlow Serving's code and text.
        """

    def close(self) -> None:
        """Ends the threads when what they run is done."""


class DirectSession:
    """Runs each request by itself, as many at a time as there are cores."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="predict")

    async def run(
        self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str], deadline: float | None = None
    ) -> dict[str, np.ndarray]:
        """See `Session`."""

        def in_time() -> dict[str, np.ndarray]:
            if deadline is not None and time.monotonic() > deadline:
                raise ServingError(grpc.StatusCode.DEADLINE_EXCEEDED, "Deadline exceeded while waiting for a thread")
            return signature.run(inputs, output_aliases)

        return await asyncio.get_running_loop().run_in_executor(self._threads, in_time)

    def close(self) -> None:
        """See `Session`."""
        self._threads.shutdown()

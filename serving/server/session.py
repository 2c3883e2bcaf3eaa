"""Runs signatures away from the event loop; `batching.batching_session` is the other way to."""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol

import numpy as np

from serving.server.signature import Signature

Arrays = Mapping[str, np.ndarray]


class Session(Protocol):
    """Runs a model; named after what TensorFlow Serving runs one in."""

    async def run(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> dict[str, np.ndarray]:
        """Runs one request; it is not computed if the caller is cancelled before it begins.

        Args:
            signature: of a loaded model, which stays loaded meanwhile.
            inputs: one array for each input alias; strings are object arrays of bytes.
            output_aliases: which outputs to return.

        Returns:
            One array for each of `output_aliases`.

        Raises:
            ServingError: with TensorFlow Serving's code and text.
        """

    def close(self) -> None:
        """Ends the session's own threads when what they run is done."""


class DirectSession:
    """Runs each request by itself in the threads that it is given."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    async def run(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> dict[str, np.ndarray]:
        """See `Session`."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, signature.run, inputs, output_aliases)

    def close(self) -> None:
        """Has no threads of its own."""

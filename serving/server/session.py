"""Runs signatures in threads; `batching.batching_session` is the other way to."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Protocol

import numpy as np

from serving.server.models.signature import Signature

Arrays = Mapping[str, np.ndarray]


class Session(Protocol):
    """Runs a model; named after what TensorFlow Serving runs one in."""

    def submit(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> Future[Arrays]:
        """Runs one request in a thread; not at all if the future is cancelled before it begins.

        Args:
            signature: of a loaded model, which stays loaded meanwhile.
            inputs: one array for each input alias; strings are object arrays of bytes.
            output_aliases: which outputs to return.

        Returns:
            The future of one array for each of `output_aliases`, or of a ServingError with TensorFlow Serving's code
            and text. Its callbacks are called in the thread that computed it.

        Raises:
            ServingError: the same, for what is refused at once.
        """

    def close(self) -> None:
        """Ends the session's own threads when what they run is done."""


class DirectSession:
    """Runs each request by itself in the threads that it is given."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, signature: Signature, inputs: Arrays, output_aliases: Sequence[str]) -> Future[Arrays]:
        """See `Session`."""
        return self._executor.submit(signature.run, inputs, output_aliases)

    def close(self) -> None:
        """Has no threads of its own."""

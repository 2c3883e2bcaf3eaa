"""Asks a prediction server, ours or TensorFlow Serving, what drawings show."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from types import TracebackType
from typing import NamedTuple

import grpc

from components.errors import QuickdrawError, UsageError
from serving.client.protos import predict_pb2, prediction_service_pb2_grpc, types_pb2

Drawing = str | Sequence[Sequence[Sequence[int]]]

_BATCH_SIZE = 256  # keeps requests and answers far below gRPC's 4 MB default limit


class Guess(NamedTuple):
    """One of the model's best words for a drawing, and its score, 0..1."""

    word: str
    score: float


class DoodleClient:
    """A connection to a server of TensorFlow Serving's gRPC protocol; a context manager that closes it."""

    def __init__(self, target: str, model_name: str = "quickdraw", timeout_seconds: float = 10.0) -> None:
        """Opens a channel; the connection itself is made by the first request.

        Args:
            target: `host:port` of the gRPC server.
            model_name: The model's name there.
            timeout_seconds: The deadline of each request.
        """
        self._target = target
        self._model_name = model_name
        self._timeout_seconds = timeout_seconds
        self._channel = grpc.insecure_channel(target)
        self._stub = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)

    def __enter__(self) -> "DoodleClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._channel.close()

    def predict(self, drawings: Iterable[Drawing]) -> list[list[Guess]]:
        """Returns the best guesses for each drawing, best first.

        Args:
            drawings: Each a JSON text or nested lists `[[xs, ys], ...]` of integers 0..255.

        Returns:
            One list of guesses for each drawing. The server answers empty words with score 0 for what is no drawing.

        Raises:
            UsageError: No server answers at the target.
            QuickdrawError: The server refused the request or missed the deadline.
        """
        texts = iter(drawings)
        guesses: list[list[Guess]] = []
        while batch := list(islice(texts, _BATCH_SIZE)):
            guesses.extend(self._predict_batch(batch))
        return guesses

    def _predict_batch(self, drawings: Sequence[Drawing]) -> list[list[Guess]]:
        request = predict_pb2.PredictRequest(output_filter=["words", "scores"])
        request.model_spec.name = self._model_name
        tensor = request.inputs["drawing"]
        tensor.dtype = types_pb2.DT_STRING
        tensor.tensor_shape.dim.add(size=len(drawings))
        tensor.string_val.extend(_as_bytes(drawing) for drawing in drawings)
        try:
            response = self._stub.Predict(request, timeout=self._timeout_seconds)
        except grpc.RpcError as error:
            raise self._explain(error) from error
        words, scores = response.outputs["words"].string_val, response.outputs["scores"].float_val
        guesses = [Guess(word.decode("utf-8"), score) for word, score in zip(words, scores, strict=True)]
        best = len(guesses) // len(drawings)
        return [guesses[start : start + best] for start in range(0, len(guesses), best)]

    def _explain(self, error: grpc.RpcError) -> QuickdrawError:
        if error.code() is grpc.StatusCode.UNAVAILABLE:
            return UsageError(f"No server answers at {self._target}: start one with `quickdraw serve`.")
        if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
            return QuickdrawError(f"{self._target} did not answer within {self._timeout_seconds:g} seconds.")
        return QuickdrawError(f"{self._target} refused the request: {error.details()}")


def _as_bytes(drawing: Drawing) -> bytes:
    """Bytes that were no UTF-8 where the text came from are sent as they were, for the server to refuse."""
    text = drawing if isinstance(drawing, str) else json.dumps(drawing, separators=(",", ":"))
    return text.encode("utf-8", "surrogateescape")

"""Predict over gRPC, blocking and with asyncio; all but the waiting is shared."""

from collections.abc import Callable
from typing import TypeVar

import grpc

from serving.client.batches import Batch
from serving.client.connection import Connection
from serving.client.errors import explained_rpc_errors
from serving.client.grpc_messages import predict_request, read_answer
from serving.client.guesses import Guess
from serving.client.protos import prediction_service_pb2_grpc
from serving.client.tls import grpc_credentials

_SERVICE = "tensorflow.serving.PredictionService"
_LARGEST_RETRIED_BYTES = 1 << 26
_Channel = TypeVar("_Channel", grpc.Channel, grpc.aio.Channel)


class GrpcTransport:
    """A channel that threads may share; it connects with the first request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channel = _open_channel(connection, grpc.insecure_channel, grpc.secure_channel)
        self._stub = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)

    def predict(self, batch: Batch) -> list[list[Guess]]:
        """Asks for one batch; raises what `explained_rpc_errors` and `read_answer` do."""
        request = predict_request(self._connection.model_name, batch)
        with explained_rpc_errors(self._connection):
            response = self._stub.Predict(request, timeout=self._connection.timeout_seconds)
        return read_answer(response, len(batch))

    def close(self) -> None:
        """Closes the channel."""
        self._channel.close()


class AsyncGrpcTransport:
    """A channel of the running event loop; it connects with the first request."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._channel = _open_channel(connection, grpc.aio.insecure_channel, grpc.aio.secure_channel)
        self._stub = prediction_service_pb2_grpc.PredictionServiceStub(self._channel)

    async def predict(self, batch: Batch) -> list[list[Guess]]:
        """Asks for one batch; raises what `explained_rpc_errors` and `read_answer` do."""
        request = predict_request(self._connection.model_name, batch)
        with explained_rpc_errors(self._connection):
            response = await self._stub.Predict(request, timeout=self._connection.timeout_seconds)
        return read_answer(response, len(batch))

    async def close(self) -> None:
        """Closes the channel."""
        await self._channel.close()


def _open_channel(
    connection: Connection, insecure_channel: Callable[..., _Channel], secure_channel: Callable[..., _Channel]
) -> _Channel:
    """Opens a channel of `grpc` or of `grpc.aio`.

    Raises:
        UsageError: The TLS files cannot be used.
    """
    first_wait_ms = round(connection.retry.initial_backoff_seconds * 1000)
    options = [
        ("grpc.service_config", connection.retry.grpc_service_config(_SERVICE, "Predict")),
        # A request that does not fit into this buffer is not retried; the default is 256 KiB.
        ("grpc.per_rpc_retry_buffer_size", _LARGEST_RETRIED_BYTES),
        # While a channel waits before it connects anew, 1 s by default, every try fails at once.
        ("grpc.initial_reconnect_backoff_ms", first_wait_ms),
        ("grpc.max_reconnect_backoff_ms", max(first_wait_ms, round(connection.retry.max_backoff_seconds * 1000))),
    ]
    if connection.tls is None:
        return insecure_channel(connection.target, options=options)
    return secure_channel(connection.target, grpc_credentials(connection.tls), options=options)

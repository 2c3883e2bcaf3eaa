"""The asyncio client of a prediction server, ours or TensorFlow Serving."""

from collections.abc import AsyncIterable, AsyncIterator, Iterable
from types import TracebackType

from components.errors import UsageError
from serving.client.batches import cut_async
from serving.client.connection import Connection, TlsFiles
from serving.client.drawings import Drawing
from serving.client.grpc_transport import AsyncGrpcTransport
from serving.client.guesses import Guess
from serving.client.retry import RetryPolicy


class AsyncDoodleClient:
    """`DoodleClient` for asyncio, over gRPC only; to be made, used and closed in one event loop.

    Tasks may share one. Example:

        async with AsyncDoodleClient("localhost:8500") as client:
            [guesses] = await client.predict([[[[0, 255], [0, 255]]]])
    """

    def __init__(
        self,
        target: str,
        model_name: str = "quickdraw",
        timeout_seconds: float = 10.0,
        *,
        tls: TlsFiles | None = None,
        retry: RetryPolicy | None = None,
    ) -> None:
        """Opens a channel; the connection itself is made by the first request.

        Args:
            target: `host:port` of the gRPC server.
            model_name: As for `DoodleClient`, and so are the others.
            timeout_seconds: The deadline of each request, its retries included.
            tls: Files for an encrypted connection.
            retry: When a request is sent again that no server took.

        Raises:
            UsageError: The TLS files cannot be used, or the target is a REST server.
        """
        connection = Connection(target, model_name, timeout_seconds, tls, retry or RetryPolicy())
        if connection.is_rest:
            raise UsageError(f"AsyncDoodleClient speaks gRPC: give it host:port of the gRPC server, not {target}.")
        self._transport = AsyncGrpcTransport(connection)

    async def __aenter__(self) -> "AsyncDoodleClient":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connection."""
        await self._transport.close()

    async def predict(self, drawings: Iterable[Drawing] | AsyncIterable[Drawing]) -> list[list[Guess]]:
        """Returns the best guesses for each drawing; arguments, answer and errors as `DoodleClient.predict`."""
        return [guesses async for guesses in self.predict_stream(drawings)]

    async def predict_stream(self, drawings: Iterable[Drawing] | AsyncIterable[Drawing]) -> AsyncIterator[list[Guess]]:
        """Yields what `predict` returns, in the order of the drawings; no more than a request's are in memory."""
        async for batch in cut_async(drawings):
            for guesses in await self._transport.predict(batch):
                yield guesses

"""The blocking client of a prediction server, ours or TensorFlow Serving."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Protocol

from serving.client.batches import Batch, cut
from serving.client.connection import Connection, TlsFiles
from serving.client.drawings import Drawing
from serving.client.grpc_transport import GrpcTransport
from serving.client.guesses import Guess
from serving.client.retry import RetryPolicy


class _Transport(Protocol):
    def predict(self, batch: Batch) -> list[list[Guess]]: ...

    def close(self) -> None: ...


class DoodleClient:
    """A connection to a server of TensorFlow Serving's protocol; a context manager that closes it.

    Threads may share one. Example:

        with DoodleClient("localhost:8500") as client:
            [guesses] = client.predict([[[[0, 255], [0, 255]]]])
            print(guesses[0].word, guesses[0].score)
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
            target: `host:port` of the gRPC server, or `http://host:port` or `https://host:port` of the REST server.
            model_name: The model's name there.
            timeout_seconds: The deadline of each request, its retries included.
            tls: Files for an encrypted connection; without them gRPC is plain and `https` trusts the system's CAs.
            retry: When a request is sent again that no server took; `RetryPolicy()` if None.

        Raises:
            UsageError: The TLS files cannot be used.
        """
        self._transport = _open(Connection(target, model_name, timeout_seconds, tls, retry or RetryPolicy()))

    def __enter__(self) -> "DoodleClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection."""
        self._transport.close()

    def predict(self, drawings: Iterable[Drawing]) -> list[list[Guess]]:
        """Returns the best guesses for each drawing, best first.

        Args:
            drawings: Each a JSON text, which is sent as it is, or strokes `[[xs, ys], ...]` as lists or numpy arrays,
                which are simplified as the data set was unless they are already (integers 0..255, no times).

        Returns:
            One list of guesses for each drawing. The server answers empty words with score 0 for what is no drawing.

        Raises:
            UsageError: No server answers at the target, or not with this TLS.
            QuickdrawError: The server refused the request, could not take it or missed the deadline.
        """
        return list(self.predict_stream(drawings))

    def predict_stream(self, drawings: Iterable[Drawing]) -> Iterator[list[Guess]]:
        """Yields what `predict` returns, in the order of the drawings; no more than a request's are in memory.

        Raises:
            QuickdrawError: As `predict`, when the request is due.
        """
        for batch in cut(drawings):
            yield from self._transport.predict(batch)


def _open(connection: Connection) -> _Transport:
    if not connection.is_rest:
        return GrpcTransport(connection)
    from serving.client.rest_transport import RestTransport  # urllib3, which a gRPC client does not need

    return RestTransport(connection)

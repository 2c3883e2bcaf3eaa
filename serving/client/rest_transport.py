"""Predict over REST, with the retries and errors of the gRPC client."""

import random
import time
from itertools import chain
from urllib.parse import quote

import urllib3

from components.errors import QuickdrawError
from serving.client.batches import Batch
from serving.client.connection import Connection
from serving.client.errors import missed_deadline, no_tls, not_connected, refused, unavailable
from serving.client.guesses import Guess
from serving.client.rest_messages import error_text, predict_body, read_answer
from serving.client.tls import ssl_context

_KEPT_CONNECTIONS = 16  # that many threads find an open one


class _NobodyTookItError(Exception):
    """A try that may be made again, and what to say if there is none left."""

    def __init__(self, explanation: QuickdrawError) -> None:
        super().__init__(explanation)
        self.explanation = explanation


class RestTransport:
    """A pool of HTTP connections that threads may share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._url = f"{connection.target.rstrip('/')}/v1/models/{quote(connection.model_name, safe='')}:predict"
        context = ssl_context(connection.tls) if connection.tls else None
        self._pool = urllib3.PoolManager(maxsize=_KEPT_CONNECTIONS, ssl_context=context)
        self._jitter = random.Random()

    def predict(self, batch: Batch) -> list[list[Guess]]:
        """Asks for one batch.

        Raises:
            UsageError: No server answers at the target, or not with this TLS.
            QuickdrawError: The server refused the request, could not take it, missed the deadline or is no such server.
        """
        return read_answer(self._post(predict_body(batch)), len(batch))

    def close(self) -> None:
        """Closes the connections."""
        self._pool.clear()

    def _post(self, body: bytes) -> bytes:
        """Sends a request until somebody takes it and returns the body of the answer."""
        deadline = time.monotonic() + self._connection.timeout_seconds
        failure = QuickdrawError()
        for delay in chain([0.0], self._connection.retry.delays(self._jitter)):
            if time.monotonic() + delay >= deadline:
                raise missed_deadline(self._connection) from failure
            time.sleep(delay)
            try:
                return self._send(body, deadline - time.monotonic())
            except _NobodyTookItError as error:
                failure = error.explanation
        raise failure

    def _send(self, body: bytes, seconds_left: float) -> bytes:
        """Makes one try."""
        timeout = urllib3.Timeout(total=seconds_left)
        headers = {"Content-Type": "application/json"}
        try:
            # urllib3's own retries know no deadline over all of them.
            response = self._pool.request(
                "POST", self._url, body=body, headers=headers, timeout=timeout, retries=False, redirect=False
            )
        except urllib3.exceptions.NewConnectionError as error:
            raise _NobodyTookItError(not_connected(self._connection)) from error
        except urllib3.exceptions.TimeoutError as error:
            raise missed_deadline(self._connection) from error
        except urllib3.exceptions.SSLError as error:
            raise no_tls(self._connection, str(error)) from error
        except urllib3.exceptions.ProtocolError as error:
            raise _NobodyTookItError(unavailable(self._connection, "the connection was lost")) from error
        if response.status == 503:
            raise _NobodyTookItError(unavailable(self._connection, error_text(response.data, response.status)))
        if response.status == 504:
            raise missed_deadline(self._connection)
        if response.status != 200:
            raise refused(self._connection, error_text(response.data, response.status))
        return response.data

"""REST connections: how long a client may leave one hanging, and what it hears that speaks no HTTP."""

import asyncio
import socket

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from serving.server.rest_api.json_text import error_body
from serving.server.rest_api.rest_settings import RestSettings

# How many may wait to be accepted. With aiohttp's 128, hundreds that come at once try again a second later.
WAITING_CONNECTIONS = 1024

_FAULTS_OF_CLIENTS = (HttpProcessingError, web.RequestPayloadError)


class RestConnection(web.RequestHandler):
    """One client's connection.

    aiohttp closes it when no whole request head has come within `keepalive_timeout` of the answer before, or of the
    beginning: whether the client sends nothing or a letter a second makes no difference.
    """

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Has the kernel close a connection whose client does not read its answer, which aiohttp would keep for good.

        The kernel tells a client that reads slowly from one that has stopped; a timer around the writing could not.
        """
        patience_ms = int(self.keepalive_timeout * 1000)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, patience_ms)
        super().connection_made(transport)

    def log_exception(self, *args: object, **kwargs: object) -> None:
        """Logs what is our fault. What a client gets wrong it is told; a line for each would let it fill the disk."""
        if not isinstance(kwargs.get("exc_info"), _FAULTS_OF_CLIENTS):
            super().log_exception(*args, **kwargs)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answers what is no HTTP/1.1, such as TLS and HTTP/2; the rest is aiohttp's to tell."""
        if not isinstance(exc, HttpProcessingError):
            return super().handle_error(request, status, exc, message)
        reason = exc.message.partition("\n")[0].rstrip(":")
        response = web.Response(
            status=status, body=error_body(f"Malformed HTTP request: {reason}"), content_type="application/json"
        )
        response.force_close()
        return response


class _RestServer(web.Server):
    """Makes the connections."""

    def __call__(self) -> RestConnection:
        return RestConnection(self, loop=self._loop, **self._kwargs)


class RestRunner(web.AppRunner):
    """Runs an application on `RestConnection`s, without an access log."""

    def __init__(self, application: web.Application, settings: RestSettings, grace_seconds: float) -> None:
        super().__init__(
            application,
            access_log=None,
            auto_decompress=False,
            keepalive_timeout=settings.idle_seconds,
            shutdown_timeout=grace_seconds,
        )

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _RestServer(made.request_handler, request_factory=made.request_factory, **self._kwargs)

"""The REST API over HTTP: statuses, time-outs, gzip, CORS and the metrics page; the methods are in `rest_methods`."""

import asyncio
import time
from collections.abc import Iterable
from http import HTTPStatus

import grpc
from aiohttp import web

from serving.server.computing import Computing
from serving.server.errors import ServingError
from serving.server.models.model_manager import ModelManager
from serving.server.monitoring.metrics import ServingMetrics
from serving.server.rest_api.json_text import error_body
from serving.server.rest_api.rest_body import BodyReader, UnreadableBodyError
from serving.server.rest_api.rest_methods import INQUIRIES, READERS
from serving.server.rest_api.rest_path import RestCall, parse_call
from serving.server.rest_api.rest_settings import RestSettings

_SMALLEST_GZIP_BYTES = 1024
# http_server.cc:170-185
_CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Allow-Headers": "Content-Type",
}


class RestService:
    """Answers HTTP requests for one model manager; long bodies are read and written in threads."""

    def __init__(
        self, manager: ModelManager, computing: Computing, metrics: ServingMetrics, settings: RestSettings
    ) -> None:
        self._manager = manager
        self._computing = computing
        self._metrics = metrics
        self._settings = settings
        self._bodies = BodyReader(settings)

    def application(self, more_routes: Iterable[web.AbstractRouteDef] = ()) -> web.Application:
        """Returns the aiohttp application of the whole API, and of routes that come before it."""
        application = web.Application()
        application.router.add_routes(more_routes)
        application.router.add_route("*", "/{path:.*}", self._handle)
        return application

    async def _handle(self, request: web.Request) -> web.Response:
        path = request.raw_path.partition("?")[0]
        if path == self._settings.prometheus_path:
            return web.Response(text=self._metrics.page(), content_type="text/plain")
        if not path.lower().startswith("/v1/"):
            return web.Response(status=HTTPStatus.NOT_FOUND, text="Not Found")
        response = await self._respond(request, path)
        if self._settings.enable_cors_support:
            response.headers.update(_CORS_HEADERS)
        if _wants_gzip(request, response):
            response.enable_compression(web.ContentCoding.gzip)
        return response

    async def _respond(self, request: web.Request, path: str) -> web.Response:
        if request.method == "OPTIONS":
            return _preflight(request, path)
        call = None
        started = time.perf_counter()
        try:
            call = parse_call(request.method, path)
            async with self._bodies.read(request) as body:
                answered = await self._compute(call, body)
        except ServingError as error:
            self._metrics.refused(call.spec.name if call else "", error.code)
            return _error_response(error.http_status, error.message)
        except UnreadableBodyError as error:
            return _unreadable_response(error)
        self._metrics.answered(call.spec.name, call.method, "REST", time.perf_counter() - started)
        return web.Response(body=answered, content_type="application/json")

    async def _compute(self, call: RestCall, body: bytes) -> bytes:
        """Computes; what is still waiting for a thread when the time is over is not computed."""
        if call.method in INQUIRIES:  # probes are answered while all threads are busy
            return INQUIRIES[call.method](self._manager, call.spec)
        computed = self._computing.answer(len(body), READERS[call.method], self._manager, call.spec, body)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(computed), self._settings.timeout_in_ms / 1000)
        except asyncio.TimeoutError:
            raise ServingError(grpc.StatusCode.DEADLINE_EXCEEDED, "Timed out waiting for notification") from None


def _wants_gzip(request: web.Request, response: web.Response) -> bool:
    large = isinstance(response.body, bytes) and len(response.body) >= _SMALLEST_GZIP_BYTES
    return large and "gzip" in request.headers.get("Accept-Encoding", "")


def _preflight(request: web.Request, path: str) -> web.Response:
    """Answers OPTIONS, which a browser asks first; allowed origins depend on the headers alone (http_server.cc)."""
    if request.headers.get("Origin", "").startswith(("http://", "https://")):
        return web.Response(content_type="application/json")
    return _error_response(400, f"Malformed request: OPTIONS {path}")


def _unreadable_response(error: UnreadableBodyError) -> web.Response:
    response = _error_response(error.status, error.message)
    response.force_close()  # what comes next on the connection would be the rest of the body
    return response


def _error_response(status: int, message: str) -> web.Response:
    return web.Response(status=status, body=error_body(message) if message else b"", content_type="application/json")

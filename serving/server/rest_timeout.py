"""The longest a REST request may take, `--rest_api_timeout_in_ms`."""

import asyncio

import grpc
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from serving.server.errors import ServingError
from serving.server.json_text import to_body


def time_limit(seconds: float) -> Middleware:
    """Returns a middleware that answers 504 when a request, its body included, takes longer.

    What a thread computes then is computed in vain, but no client hangs, not even one that sends its body forever
    slowly.
    """
    error = ServingError(grpc.StatusCode.DEADLINE_EXCEEDED, "Timed out waiting for notification")

    @web.middleware
    async def answer_in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await asyncio.wait_for(handler(request), seconds)
        except asyncio.TimeoutError:
            body = to_body({"error": error.message})
            return web.Response(status=error.http_status, body=body, content_type="application/json")

    return answer_in_time

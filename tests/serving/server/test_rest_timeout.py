import asyncio

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from serving.server.rest_timeout import time_limit


def answer(seconds):
    async def handle(request):
        await asyncio.sleep(seconds)
        return web.json_response({"slept": seconds})

    async def ask():
        application = web.Application(middlewares=[time_limit(0.2)])
        application.router.add_get("/", handle)
        async with TestClient(TestServer(application)) as client:
            response = await client.get("/")
            return response.status, await response.json()

    return asyncio.run(ask())


def test_a_request_in_time():
    assert answer(0) == (200, {"slept": 0})


def test_a_request_that_takes_longer():
    assert answer(20) == (504, {"error": "Timed out waiting for notification"})

"""The server's life: load, listen, poll for versions, finish what is in flight, stop.

Divergences from TensorFlow Serving, all deliberate: an empty base path is an error here instead of an endless wait (on
a laptop nobody is about to fill it), the health service is always on, and port 0 means any free port for REST too.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import grpc
from aiohttp import web
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

from components.errors import UsageError
from serving.server.config import GRPC_OPTION, REST_OPTION, ServerConfig
from serving.server.grpc_service import ModelService, PredictionService
from serving.server.listening import host_and_port, port_in_use
from serving.server.model_manager import ModelManager
from serving.server.rest_service import RestService
from serving.web.routes import page_routes

# What TensorFlow Serving's health service knows, without package prefix, beside the whole server ("").
_HEALTH_SERVICES = ("", "ModelService", "PredictionService")


@dataclass(frozen=True)
class Serving:
    """What a started server serves, and where."""

    model_name: str
    version: int
    grpc_address: str
    rest_url: str
    has_page: bool = False

    def __str__(self) -> str:
        where = f"on grpc {self.grpc_address} and rest {self.rest_url}"
        page = f", draw at {self.rest_url}/" if self.has_page else ""
        return f"serving {self.model_name} version {self.version} {where}{page}"


class ModelServer:
    """The gRPC and REST servers of one model in the running event loop."""

    def __init__(self, config: ServerConfig) -> None:
        self._config = config
        self._manager = ModelManager(config.model_name, config.base_path)
        self._executor = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="predict")
        self._health = health.aio.HealthServicer()
        # Without SO_REUSEPORT a second server on the port is refused instead of getting half of the requests.
        self._grpc = grpc.aio.server(
            options=[
                ("grpc.so_reuseport", 0),
                ("grpc.max_receive_message_length", -1),
                ("grpc.max_send_message_length", -1),
            ]
        )
        more_routes = page_routes(self._manager) if config.web else ()
        rest = RestService(self._manager, self._executor).application(more_routes)
        self._rest = web.AppRunner(rest, access_log=None, shutdown_timeout=config.grace_seconds)

    async def start(self) -> Serving:
        """Loads the newest version and then opens both ports.

        Raises:
            UsageError: No version that loads, or a port that cannot be had; nothing is left listening.
        """
        await asyncio.to_thread(self._manager.poll)
        version = self._manager.serving_version
        if version is None:
            raise UsageError(
                f"No version in {self._config.base_path} could be loaded, for the reasons above: "
                "push a good one with `quickdraw run`."
            )
        try:
            rest_port = await self._open_rest()
            grpc_port = await self._open_grpc()
        except UsageError:
            await self.stop()
            raise
        return Serving(
            self._config.model_name,
            version,
            host_and_port(self._config.host, grpc_port),
            f"http://{host_and_port(self._config.host, rest_port)}",
            self._config.web,
        )

    async def poll_forever(self) -> None:
        """Picks up newer versions until cancelled."""
        while True:
            await asyncio.sleep(self._config.poll_seconds)
            await asyncio.to_thread(self._manager.poll)

    async def stop(self) -> None:
        """Turns health to NOT_SERVING, takes no new request, finishes those in flight and closes the ports."""
        await self._health.enter_graceful_shutdown()
        await asyncio.gather(self._grpc.stop(self._config.grace_seconds), self._rest.cleanup())
        self._executor.shutdown()

    async def _open_rest(self) -> int:
        await self._rest.setup()
        site = web.TCPSite(self._rest, self._config.host, self._config.rest_api_port)
        try:
            await site.start()
        except OSError as error:
            raise port_in_use(self._config.host, self._config.rest_api_port, REST_OPTION) from error
        return int(self._rest.addresses[0][1])

    async def _open_grpc(self) -> int:
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(
            PredictionService(self._manager, self._executor), self._grpc
        )
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(ModelService(self._manager), self._grpc)
        health_pb2_grpc.add_HealthServicer_to_server(self._health, self._grpc)
        for service in _HEALTH_SERVICES:
            await self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        try:
            port = self._grpc.add_insecure_port(host_and_port(self._config.host, self._config.port))
        except RuntimeError as error:
            raise port_in_use(self._config.host, self._config.port, GRPC_OPTION) from error
        await self._grpc.start()
        return int(port)


async def serve(config: ServerConfig, on_ready: Callable[[Serving], None]) -> None:
    """Serves until SIGTERM or SIGINT, then finishes the requests in flight and returns.

    Args:
        config: What to serve, and where.
        on_ready: Called once, when both ports answer.

    Raises:
        UsageError: See `ModelServer.start`.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stopping.set)
    server = ModelServer(config)
    on_ready(await server.start())
    polling = asyncio.create_task(server.poll_forever())
    waiting = asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({polling, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if polling.done():
            polling.result()  # polling only ends by an error that nobody foresaw, and the server with it
    finally:
        polling.cancel()
        await server.stop()

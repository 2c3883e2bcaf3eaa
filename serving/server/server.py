"""The server's life: load, listen, poll for versions, finish what is in flight, stop.

Divergences from TensorFlow Serving, all deliberate: a model without a version that loads is an error at the start
instead of an endless wait or of retries (on a laptop nobody is about to fill the folder), the health service is on
unless switched off, and port 0 means any free port for REST too.
"""

import asyncio
import gc
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from aiohttp import web

from components.errors import UsageError
from serving.server.batching.batching_session import BatchingSession
from serving.server.computing import Computing
from serving.server.config import REST_OPTION, ServerConfig
from serving.server.errors import ServingError
from serving.server.grpc_api.grpc_server import GrpcServer
from serving.server.grpc_api.grpc_service import PredictionService
from serving.server.grpc_api.model_service import ModelService
from serving.server.listening import host_and_port, port_in_use
from serving.server.models.model_loader import ModelLoader
from serving.server.models.model_manager import ModelManager
from serving.server.models.polling import ConfigFilePoller, VersionPoller
from serving.server.monitoring.metrics import ServingMetrics
from serving.server.open_files import tell_when_none_is_left
from serving.server.rest_api.rest_connection import WAITING_CONNECTIONS, RestRunner
from serving.server.rest_api.rest_service import RestService
from serving.server.session import DirectSession, Session
from serving.web.routes import page_routes


@dataclass(frozen=True)
class Serving:
    """What a started server serves, and where.

    Attributes:
        versions: The version numbers that answer, by model name, newest first.
        grpc_address: `host:port`.
        rest_url: The REST API's, without a path.
        has_page: Whether there is a page to draw on, at the root of that.
    """

    versions: Mapping[str, Sequence[int]]
    grpc_address: str
    rest_url: str
    has_page: bool = False

    def __str__(self) -> str:
        models = ", ".join(
            f"{name} version{'s' if len(numbers) > 1 else ''} {' '.join(map(str, numbers))}"
            for name, numbers in self.versions.items()
        )
        where = f"on grpc {self.grpc_address} and rest {self.rest_url}"
        page = f", draw at {self.rest_url}/" if self.has_page else ""
        return f"serving {models or 'no model'} {where}{page}"


class ModelServer:
    """The gRPC server of the models in threads of its own, and the REST server in the running event loop."""

    def __init__(self, config: ServerConfig) -> None:
        self._config = config
        metrics = ServingMetrics()
        loader = ModelLoader(config.enable_warmup, config.warmup_iterations, metrics.loads)
        self._manager = ModelManager(loader, config.retries, config.allow_labels_for_unavailable)
        self._executor = ThreadPoolExecutor(config.threads or os.cpu_count(), thread_name_prefix="predict")
        self._session: Session = (
            BatchingSession(config.batching, metrics.batching) if config.batching else DirectSession(self._executor)
        )
        computing = Computing(self._executor, self._session, metrics)
        self._poller = VersionPoller(self._manager, config.poll_seconds)
        self._grpc = GrpcServer(
            config,
            PredictionService(self._manager, computing, metrics).methods(),
            ModelService(self._manager, self._poller.poll_soon),
        )
        more_routes = page_routes(self._manager) if config.web else ()
        rest = RestService(self._manager, computing, metrics, config.rest).application(more_routes)
        self._rest = RestRunner(rest, config.rest, config.grace_seconds)

    async def start(self) -> Serving:
        """Loads the wanted versions of every model and then opens both ports.

        Raises:
            UsageError: A model without a version that loads, or a port that cannot be had; nothing is left listening.
        """
        await asyncio.to_thread(self._load_first_versions)
        try:
            rest_port = await self._open_rest()
            grpc_address = self._grpc.start()
        except UsageError:
            await self.stop()
            raise
        rest_url = f"http://{host_and_port(self._config.host, rest_port)}"
        return Serving(self._manager.versions, grpc_address, rest_url, self._config.web)

    async def poll_forever(self) -> None:
        """Picks up newer versions, and a changed model config file, until cancelled."""
        polls = [self._poller.run()]
        if self._config.model_config_file and self._config.config_poll_seconds:
            file, seconds = self._config.model_config_file, self._config.config_poll_seconds
            polls.append(ConfigFilePoller(self._manager, file, seconds, self._poller).run())
        await asyncio.gather(*polls)

    async def stop(self) -> None:
        """Turns health to NOT_SERVING, takes no new request, finishes those in flight and closes the ports."""
        await asyncio.gather(asyncio.to_thread(self._grpc.stop), self._rest.cleanup())
        self._session.close()
        self._executor.shutdown()

    def _load_first_versions(self) -> None:
        models = self._config.models()
        try:
            self._manager.reload(models)
        except ServingError as error:
            raise UsageError(f"{self._config.model_config_file}: {error.message}.") from error
        self._manager.poll()
        versions = self._manager.versions
        without = next((model for model in models if not versions[model.name]), None)
        if without:
            raise UsageError(
                f"No version in {without.base_path} could be loaded, for the reasons above: "
                "push a good one with `quickdraw run`."
            )

    async def _open_rest(self) -> int:
        await self._rest.setup()
        site = web.TCPSite(self._rest, self._config.host, self._config.rest_api_port, backlog=WAITING_CONNECTIONS)
        try:
            await site.start()
        except OSError as error:
            raise port_in_use(self._config.host, self._config.rest_api_port, REST_OPTION) from error
        return int(self._rest.addresses[0][1])


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
    tell_when_none_is_left(loop)
    # What has been imported stays: the full collection that frees an unloaded version then looks at models alone, and
    # stops everybody for 20 ms instead of 900.
    gc.freeze()
    server = ModelServer(config)
    waiting = asyncio.create_task(stopping.wait())
    try:
        starting = asyncio.create_task(server.start())
        if await _ends_before(starting, waiting):
            on_ready(starting.result())
            polling = asyncio.create_task(server.poll_forever())
            if await _ends_before(polling, waiting):
                polling.result()  # polling only ends by an error that nobody foresaw, and the server with it
    finally:
        await server.stop()


async def _ends_before(task: asyncio.Task, signalled: asyncio.Task) -> bool:
    """Waits for either; returns whether the task came first, and cancels it where it did not."""
    await asyncio.wait({task, signalled}, return_when=asyncio.FIRST_COMPLETED)
    if not task.done():
        task.cancel()
        return False
    return True

"""Starts Python workers for the TaskManagers of this host: `python -m pipeline.flink.worker_pool --port N`.

Beam's own pool starts whatever `python` is first on the PATH, listens on every address, and does not look after what it
started: a worker that dies before it has connected is waited for by the TaskManager for ever. This one starts the
environment that it runs in itself, listens on the loopback, and starts such a worker again.
"""

import argparse
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent import futures
from types import FrameType

import grpc
from apache_beam.portability.api import beam_fn_api_pb2 as fn_api
from apache_beam.portability.api import beam_fn_api_pb2_grpc as fn_api_grpc

from pipeline.flink.processes import ends_with_parent

# A worker that fails so often before it is connected cannot work at all, and waiting for it has to end elsewhere.
_MOST_STARTS = 5
_SECONDS_TO_END = 10.0
# grpc's threads: a start or a stop waits for a process at most.
_THREADS = 16

_logger = logging.getLogger("quickdraw.worker_pool")

Spawn = Callable[[str, str], subprocess.Popen]


class WorkerPool(fn_api_grpc.BeamFnExternalWorkerPoolServicer):
    """Answers the TaskManagers' requests for workers."""

    def __init__(self, spawn: Spawn | None = None) -> None:
        """Takes what starts a process for (control endpoint, worker id)."""
        self._spawn = spawn or _spawn
        self._lock = threading.Lock()
        self._workers: dict[str, subprocess.Popen] = {}

    def StartWorker(  # noqa: D102 - Beam's name
        self, request: fn_api.StartWorkerRequest, _context: grpc.ServicerContext
    ) -> fn_api.StartWorkerResponse:
        worker_id, control = request.worker_id, request.control_endpoint.url
        with self._lock:
            self._workers[worker_id] = process = self._spawn(control, worker_id)
        _logger.info("worker %s: started as process %d", worker_id, process.pid)
        threading.Thread(target=self._look_after, args=(control, worker_id, process), daemon=True).start()
        return fn_api.StartWorkerResponse()

    def StopWorker(  # noqa: D102
        self, request: fn_api.StopWorkerRequest, _context: grpc.ServicerContext
    ) -> fn_api.StopWorkerResponse:
        with self._lock:
            process = self._workers.pop(request.worker_id, None)
        if process is not None:
            end_process(process)
            _logger.info("worker %s: stopped", request.worker_id)
        return fn_api.StopWorkerResponse()

    def stop_all(self) -> None:
        """Ends every worker."""
        with self._lock:
            processes, self._workers = list(self._workers.values()), {}
        for process in processes:
            process.terminate()
        for process in processes:
            end_process(process)

    def _look_after(self, control: str, worker_id: str, process: subprocess.Popen) -> None:
        """Starts a worker again until one has connected; of a connected one the TaskManager itself notices the end."""
        for start in range(1, _MOST_STARTS + 1):
            assert process.stdout is not None
            connected = bool(process.stdout.readline())
            if not connected:
                _logger.warning("worker %s: ended before it was connected (start %d)", worker_id, start)
            process.wait()
            with self._lock:
                if self._workers.get(worker_id) is not process:
                    return
                if connected or start == _MOST_STARTS:
                    del self._workers[worker_id]
                    return
                self._workers[worker_id] = process = self._spawn(control, worker_id)


def end_process(process: subprocess.Popen, seconds: float = _SECONDS_TO_END) -> None:
    """Ends a process of ours: by request, and if it does not listen, by force.

    Args:
        process: a child of this process.
        seconds: how long it may take to end by itself.
    """
    process.terminate()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(port: int) -> tuple[grpc.Server, WorkerPool]:
    """Listens on the loopback.

    Args:
        port: to listen on.

    Raises:
        RuntimeError: the port is taken.
    """
    pool = WorkerPool()
    # A TaskManager pings a connection that is silent for hours.
    options = [("grpc.http2.max_pings_without_data", 0), ("grpc.http2.max_ping_strikes", 0), ("grpc.so_reuseport", 0)]
    server = grpc.server(futures.ThreadPoolExecutor(_THREADS), options=options)
    fn_api_grpc.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
    # "localhost" is what TaskManagers are told, and Java may take it for either.
    server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    return server, pool


def _spawn(control: str, worker_id: str) -> subprocess.Popen:
    command = [sys.executable, "-m", "pipeline.flink.worker", "--control", control, "--id", worker_id]
    follow = ends_with_parent()
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=follow)  # noqa: PLW1509 - no lock


def main() -> None:
    """Serves until it is told to end."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s pool: %(message)s")
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    server, pool = serve(arguments.port)
    _logger.info("listening on 127.0.0.1:%d", arguments.port)
    ended.wait()
    server.stop(0)
    pool.stop_all()


if __name__ == "__main__":
    main()

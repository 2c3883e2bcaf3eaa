"""Claim: under load, version after version, no request fails and memory stays flat.

Usage: python -m benchmarks.serving_soak [--model-base-path DIR] [--drawings FILE] [--minutes M] [--clients N]

Needs a pushed model and ghz. A server of its own on a folder of its own; every 20 s a new version is put there and all
but the newest two are removed. Prints a line a minute: answers, failures, latency, resident memory, versions loaded.
"""

import argparse
import pathlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import grpc
import numpy as np
import psutil
from tensorflow_serving.apis import get_model_status_pb2, model_service_pb2_grpc

from benchmarks.load_generator import LoadGenerator
from benchmarks.serving import OURS, make_request, read_drawings, serving
from benchmarks.stages import REAL_DATA
from components.pusher.registry import newest_version, version_path

_SWAP_SECONDS = 20.0
_LOOK_SECONDS = 1.0
_MINUTE = 60.0
_KEPT_VERSIONS = 2


@dataclass
class _Watch:
    """What is seen of the server from outside, once a second."""

    server: psutil.Process
    resident_mib: list[float] = field(default_factory=list)

    def look(self) -> None:
        self.resident_mib.append(self.server.memory_info().rss / 2**20)

    def of_the_last_minute(self) -> float:
        return float(np.median(self.resident_mib[-int(_MINUTE / _LOOK_SECONDS) :]))


class _Versions:
    """Copies of one version under ever higher numbers."""

    def __init__(self, source: pathlib.Path, base_path: pathlib.Path) -> None:
        self._source = source
        self._base_path = base_path
        self.newest = 0

    def put(self) -> None:
        self.newest += 1
        staging = self._base_path / f"staging-{self.newest}"
        shutil.copytree(self._source, staging)
        staging.rename(self._base_path / str(self.newest))
        old = self._base_path / str(self.newest - _KEPT_VERSIONS)
        if old.exists():
            shutil.rmtree(old)


def main() -> None:
    """Prints the table, and what the first and the last minute have in common."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model-base-path", type=pathlib.Path, default=pathlib.Path("workspace/models/quickdraw"))
    parser.add_argument("--drawings", type=pathlib.Path, default=REAL_DATA / "airplane.csv", help="a Kaggle CSV")
    parser.add_argument("--minutes", type=int, default=10)
    parser.add_argument("--clients", type=int, default=64)
    options = parser.parse_args()
    source = version_path(options.model_base_path, newest_version(options.model_base_path))
    request = make_request(read_drawings(options.drawings, 1))
    with tempfile.TemporaryDirectory() as folder:
        base_path = pathlib.Path(folder, "models")
        base_path.mkdir()
        versions = _Versions(source, base_path)
        versions.put()
        generator = LoadGenerator(pathlib.Path(folder), request)
        with serving(OURS, source, base_path) as server, _every(_SWAP_SECONDS, versions.put):
            watch = _Watch(psutil.Process(server.pid))
            with _every(_LOOK_SECONDS, watch.look):
                _soak(generator, server.port, options, watch, versions)


def _soak(generator: LoadGenerator, port: int, options: argparse.Namespace, watch: _Watch, versions: _Versions) -> None:
    print("| minute | answered/s | failed | p50 / p99 ms | resident MiB | versions put, loaded |")
    print("|---|---|---|---|---|---|")
    failed, memory = 0, []
    for minute in range(1, options.minutes + 1):
        load = generator.closed(port, options.clients, _MINUTE)
        failures = sum(load.failures.values())
        failed += failures
        memory.append(watch.of_the_last_minute())
        latency = f"{load.p50_ms:.1f} / {load.p99_ms:.1f}"
        swaps = f"{versions.newest}, {_number_of_loaded(port)}"
        print(
            f"| {minute} | {load.per_second:,.0f} | {failures} | {latency} | {memory[-1]:,.0f} | {swaps} |", flush=True
        )
    if len(memory) > 1:
        print(f"\n{failed} failed; the last minute's memory is {memory[-1] / memory[1]:.3f} of the second's.")


def _number_of_loaded(port: int) -> int:
    """How many versions have ever been loaded, as the server tells."""
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        request = get_model_status_pb2.GetModelStatusRequest(model_spec={"name": "quickdraw"})
        return len(model_service_pb2_grpc.ModelServiceStub(channel).GetModelStatus(request).model_version_status)


@contextmanager
def _every(seconds: float, act: Callable[[], None]) -> Iterator[None]:
    """Acts again and again, in a thread, until the block ends."""
    over = threading.Event()

    def repeat() -> None:
        while not over.wait(seconds):
            act()

    thread = threading.Thread(target=repeat)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    main()

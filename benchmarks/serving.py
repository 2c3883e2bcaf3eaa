"""Claim: the embedded server answers several times as many doodles a second as a plain Python gRPC server.

Usage: python -m benchmarks.serving [--model-base-path DIR] [--drawings FILE] [--seconds S]

Needs a pushed model and ghz. One after the other, on loopback and on the same cores: the model called in process; the
naive server; ours. Every server answers single doodles for 1, 16, 64 and 256 clients, and batches of 64 for one and
two; then single doodles that come at a fixed rate. Prints a table each, and the ratios.
"""

import argparse
import contextlib
import csv
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from benchmarks.load_generator import Load, LoadGenerator
from benchmarks.stages import REAL_DATA, in_process
from components.pusher.registry import newest_version, version_path
from serving.client.protos import predict_pb2, types_pb2

_CLIENTS = (1, 16, 64, 256)
_BATCH = 64
_BATCH_CLIENTS = (1, 2)
# Of what ours answers to 64 clients.
_OPEN_SHARES = (0.5, 0.8)
OURS = (
    *("pipeline.cli.main", "serve", "--model_base_path", "{registry}", "--port", "{port}"),
    *("--rest_api_port", "0", "--enable_batching"),
)
"""The words of the command that starts our server."""
_SERVERS = {"naive": ("benchmarks.naive_server", "{model}", "{port}"), "ours": OURS}


class ServerProcess(NamedTuple):
    """A server that answers: the process, and its port on loopback."""

    pid: int
    port: int


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model-base-path", type=pathlib.Path, default=pathlib.Path("workspace/models/quickdraw"))
    parser.add_argument("--drawings", type=pathlib.Path, default=REAL_DATA / "airplane.csv", help="a Kaggle CSV")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    options = parser.parse_args()
    model = version_path(options.model_base_path, newest_version(options.model_base_path))
    drawings = read_drawings(options.drawings, _BATCH)
    with tempfile.TemporaryDirectory() as folder:
        single = LoadGenerator(pathlib.Path(folder), make_request(drawings[:1]))
        batch = LoadGenerator(pathlib.Path(folder), make_request(drawings))
        direct = {rows: call_in_process(str(model), drawings[:rows], options.seconds) for rows in (1, _BATCH)}
        closed, batches = {}, {}
        for name, command in _SERVERS.items():
            with serving(command, model, options.model_base_path) as (_, port):
                single.closed(port, 16, 3)
                closed[name] = {clients: single.closed(port, clients, options.seconds) for clients in _CLIENTS}
                batches[name] = {clients: batch.closed(port, clients, options.seconds) for clients in _BATCH_CLIENTS}
                if name == "ours":
                    capacity = closed[name][64].per_second
                    rates = [int(share * capacity) for share in _OPEN_SHARES]
                    opened = {rate: single.open(port, rate, options.seconds) for rate in rates}
    print_closed(closed, direct[1])
    print_batches(batches, direct[_BATCH])
    print_open(opened)


def read_drawings(path: pathlib.Path, count: int) -> list[bytes]:
    """The drawings of a CSV nearest to its median length, the nearest first."""
    with path.open(encoding="utf-8", newline="") as file:
        drawings = [row["drawing"].encode() for row in csv.DictReader(file)]
    median = float(np.median([len(drawing) for drawing in drawings]))
    return sorted(drawings, key=lambda drawing: abs(len(drawing) - median))[:count]


def make_request(drawings: Sequence[bytes]) -> bytes:
    """A request as the client sends it."""
    request = predict_pb2.PredictRequest(output_filter=["words", "scores"])
    request.model_spec.name = "quickdraw"
    tensor = request.inputs["drawing"]
    tensor.dtype = types_pb2.DT_STRING
    tensor.tensor_shape.dim.add(size=len(drawings))
    tensor.string_val.extend(drawings)
    return request.SerializeToString()


def call_in_process(model: str, drawings: Sequence[bytes], seconds: float) -> np.ndarray:
    """Calls the model without a server.

    Returns:
        float64 `[N]`, seconds of each call, one after the other.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "calls.npy")
        in_process(_call, model, list(drawings), seconds, str(file))
        return np.load(file)


def _call(model: str, drawings: Sequence[bytes], seconds: float, file: str) -> None:
    import tensorflow as tf

    function = tf.saved_model.load(model).signatures["serving_default"]
    batch, calls = tf.constant(drawings), []
    for _ in range(20):
        function(drawing=batch)
    end = time.perf_counter() + seconds
    while (began := time.perf_counter()) < end:
        outputs = function(drawing=batch)
        outputs["words"].numpy(), outputs["scores"].numpy()
        calls.append(time.perf_counter() - began)
    np.save(file, calls)


@contextlib.contextmanager
def serving(command: Sequence[str], model: pathlib.Path, registry: pathlib.Path) -> Iterator[ServerProcess]:
    """Starts a server in a process of its own, and yields it when it has said that it serves."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [word.format(model=model, registry=registry, port=port) for word in command]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    with subprocess.Popen(
        [sys.executable, "-m", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            if "serving" not in process.stdout.readline():
                raise SystemExit(f"{words[0]} ended without serving.")
            yield ServerProcess(process.pid, port)
        finally:
            process.terminate()


def print_closed(measured: dict[str, dict[int, Load]], direct: np.ndarray) -> None:
    """Single doodles, each client waiting for its answer."""
    print("| clients | naive/s | ours/s | ratio | naive p50 / p99 ms | ours p50 / p99 ms | failed |")
    print("|---|---|---|---|---|---|---|")
    for clients in _CLIENTS:
        naive, ours = measured["naive"][clients], measured["ours"][clients]
        print(
            f"| {clients} | {naive.per_second:,.0f} | {ours.per_second:,.0f} | {ours.per_second / naive.per_second:.1f}"
            f" | {naive.p50_ms:.1f} / {naive.p99_ms:.1f} | {ours.p50_ms:.1f} / {ours.p99_ms:.1f}"
            f" | {sum(ours.failures.values())} |"
        )
    alone = 1e3 * float(np.median(direct))
    print(
        f"\nin process: p50 {alone:.2f} ms; ours with one client {measured['ours'][1].p50_ms / alone:.2f} times that.\n"
    )


def print_batches(measured: dict[str, dict[int, Load]], direct: np.ndarray) -> None:
    """Batches, in drawings a second."""
    in_process_rate = _BATCH / float(np.mean(direct))
    print(f"| clients, batches of {_BATCH} | drawings/s | of in process | p50 ms |\n|---|---|---|---|")
    print(f"| in process | {in_process_rate:,.0f} | 1.00 | {1e3 * float(np.median(direct)):.1f} |")
    for name, loads in measured.items():
        for clients, load in loads.items():
            rate = _BATCH * load.per_second
            print(f"| {name}, {clients} | {rate:,.0f} | {rate / in_process_rate:.2f} | {load.p50_ms:.1f} |")
    print()


def print_open(measured: dict[int, Load]) -> None:
    """Single doodles that come whether answers do or not."""
    print("| doodles/s sent to ours | answered/s | p50 ms | p99 ms | failed |\n|---|---|---|---|---|")
    for rate, load in measured.items():
        failed = sum(load.failures.values())
        print(f"| {rate:,} | {load.per_second:,.0f} | {load.p50_ms:.1f} | {load.p99_ms:.1f} | {failed} |")


if __name__ == "__main__":
    main()

"""Drives a gRPC server with ghz, a load generator written in Go."""

import json
import pathlib
import shutil
import subprocess
from dataclasses import dataclass

from google.protobuf import descriptor, descriptor_pb2
from tensorflow_serving.apis import prediction_service_pb2

_METHOD = "tensorflow.serving.PredictionService/Predict"
_ADVICE = (
    "ghz is not installed: `go install github.com/bojand/ghz/cmd/ghz@latest`, and put Go's bin folder on the PATH."
)


@dataclass(frozen=True)
class Load:
    """What a run of ghz saw.

    Attributes:
        answers: How many requests were answered OK.
        failures: How many were not, by status.
        per_second: Answers a second.
        p50_ms: Median latency in milliseconds.
        p99_ms: Latency that one request in a hundred exceeded, in milliseconds.
    """

    answers: int
    failures: dict[str, int]
    per_second: float
    p50_ms: float
    p99_ms: float


class LoadGenerator:
    """Sends one request over and over."""

    def __init__(self, folder: pathlib.Path, request: bytes) -> None:
        """Writes what ghz reads.

        Args:
            folder: for its files.
            request: a serialized PredictRequest.
        """
        self._ghz = shutil.which("ghz")
        if self._ghz is None:
            raise SystemExit(_ADVICE)
        self._protocol, self._request = folder / "protocol.protoset", folder / f"request-{len(request)}.bin"
        self._protocol.write_bytes(_protocol().SerializeToString())
        self._request.write_bytes(request)

    def closed(self, port: int, clients: int, seconds: float) -> Load:
        """Lets each client ask again when it has its answer; all share one connection.

        Args:
            port: on loopback.
            clients: how many ask at a time.
            seconds: for how long.
        """
        return self._run(port, f"--concurrency={clients}", f"--duration={seconds}s")

    def open(self, port: int, per_second: int, seconds: float) -> Load:
        """Asks at a fixed rate, whether answers come or not.

        Args:
            port: on loopback.
            per_second: requests.
            seconds: for how long.
        """
        return self._run(
            port, "--async", f"--rps={per_second}", "--concurrency=1000", f"--total={int(per_second * seconds)}"
        )

    def _run(self, port: int, *options: str) -> Load:
        command = [
            str(self._ghz),
            "--insecure",
            f"--protoset={self._protocol}",
            f"--call={_METHOD}",
            f"--binary-file={self._request}",
            "--format=json",
            "--duration-stop=wait",
            *options,
            f"127.0.0.1:{port}",
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return _read(json.loads(done.stdout))


def _read(report: dict) -> Load:
    statuses = dict(report["statusCodeDistribution"])
    answers = statuses.pop("OK", 0)
    latency = {entry["percentage"]: entry["latency"] / 1e6 for entry in report["latencyDistribution"] or ()}
    seconds = report["total"] / 1e9
    return Load(answers, statuses, answers / seconds, latency.get(50, float("nan")), latency.get(99, float("nan")))


def _protocol() -> descriptor_pb2.FileDescriptorSet:
    """The service with all that it imports, as a compiled protocol."""
    files: dict[str, descriptor.FileDescriptor] = {}

    def add(file: descriptor.FileDescriptor) -> None:
        if file.name in files:
            return
        for imported in file.dependencies:
            add(imported)
        files[file.name] = file

    add(prediction_service_pb2.DESCRIPTOR)
    protocol = descriptor_pb2.FileDescriptorSet()
    for file in files.values():
        file.CopyToProto(protocol.file.add())
    return protocol

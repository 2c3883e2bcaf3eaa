"""Claim: an empty call costs `UnaryMethods` a third of the processor that `grpc.aio` takes.

Usage: python -m benchmarks.grpc_calls [--seconds S]

Needs ghz. Three servers that answer the same bytes, one after the other, each in a process of its own, 64 clients.
"""

import argparse
import asyncio
import multiprocessing
import pathlib
import resource
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import predict_pb2

from benchmarks.load_generator import LoadGenerator
from benchmarks.serving import make_request
from serving.server.grpc_api.unary_methods import UnaryMethods

_SERVICE = "tensorflow.serving.PredictionService"
_CLIENTS = 64


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    options = parser.parse_args()
    print("| server | calls/s | us of processor a call |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        generator = LoadGenerator(pathlib.Path(folder), make_request([b"[[[0,255],[0,255]]]"]))
        for name, serve in (
            ("grpc, threads", _serve_in_threads),
            ("grpc.aio", _serve_in_a_loop),
            ("UnaryMethods", _serve_ours),
        ):
            print(f"| {name} | {_measure(generator, serve, options.seconds)} |")


def _measure(generator: LoadGenerator, serve: Callable[[Connection], None], seconds: float) -> str:
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=[there], daemon=True)
    process.start()
    port = here.recv()
    generator.closed(port, _CLIENTS, 1)
    here.send("processor?")
    before = here.recv()
    load = generator.closed(port, _CLIENTS, seconds)
    here.send("processor?")
    spent = here.recv() - before
    process.kill()
    process.join()
    return f"{load.per_second:,.0f} | {1e6 * spent / load.answers:.0f}"


def _tell_processor(pipe: Connection) -> None:
    while pipe.recv():
        usage = resource.getrusage(resource.RUSAGE_SELF)
        pipe.send(usage.ru_utime + usage.ru_stime)


def _serve_in_threads(pipe: Connection) -> None:
    server = grpc.server(ThreadPoolExecutor())
    handler = grpc.unary_unary_rpc_method_handler(lambda request, context: b"")
    server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(_SERVICE, {"Predict": handler})])
    pipe.send(server.add_insecure_port("127.0.0.1:0"))
    server.start()
    _tell_processor(pipe)


def _serve_in_a_loop(pipe: Connection) -> None:
    async def answer(request: bytes, context: grpc.aio.ServicerContext) -> bytes:
        return b""

    async def serve() -> None:
        server = grpc.aio.server()
        handler = grpc.unary_unary_rpc_method_handler(answer)
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(_SERVICE, {"Predict": handler})])
        pipe.send(server.add_insecure_port("127.0.0.1:0"))
        await server.start()
        await asyncio.to_thread(_tell_processor, pipe)

    asyncio.run(serve())


def _serve_ours(pipe: Connection) -> None:
    def answer(message: bytes, deadline: float) -> Future[Message]:
        future: Future[Message] = Future()
        future.set_result(predict_pb2.PredictResponse())
        return future

    server = grpc.server(ThreadPoolExecutor())
    methods = UnaryMethods(server, {f"/{_SERVICE}/Predict": answer})
    pipe.send(server.add_insecure_port("127.0.0.1:0"))
    server.start()
    methods.start()
    _tell_processor(pipe)


if __name__ == "__main__":
    main()

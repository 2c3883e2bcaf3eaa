"""A real server on free ports, in a thread of the test process."""

import asyncio
import threading
from contextlib import contextmanager
from dataclasses import replace

import grpc
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

from serving.server.server import ModelServer


class RunningServer:
    """A server in a thread of its own, with a channel to it."""

    def __init__(self, serving, stop):
        self.serving = serving
        self.stop = stop  # may be called twice
        self.target = serving.grpc_address
        self.rest_url = serving.rest_url
        self.channel = grpc.insecure_channel(self.target)
        self.prediction = prediction_service_pb2_grpc.PredictionServiceStub(self.channel)
        self.model = model_service_pb2_grpc.ModelServiceStub(self.channel)


@contextmanager
def running_server(config):
    """Starts a server on free ports, polling often, and stops it at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def in_loop(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop)

    async def create():
        return ModelServer(replace(config, port=0, rest_api_port=0, poll_seconds=0.05))

    server = in_loop(create()).result()
    running = RunningServer(in_loop(server.start()).result(), lambda: in_loop(server.stop()).result())
    polling = in_loop(server.poll_forever())
    try:
        yield running
    finally:
        polling.cancel()
        running.channel.close()
        running.stop()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

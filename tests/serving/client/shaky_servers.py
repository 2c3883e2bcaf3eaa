"""Proxies before a real server that fail first, as a server under load or being replaced does."""

import http.server
import threading
import urllib.request
from concurrent import futures
from contextlib import contextmanager

import grpc
from tensorflow_serving.apis import prediction_service_pb2_grpc


class _ShakyPredictions(prediction_service_pb2_grpc.PredictionServiceServicer):
    def __init__(self, stub, failures, requests):
        self._stub, self._failures, self._requests = stub, failures, requests

    def Predict(self, request, context):
        self._requests.append(request)
        if self._failures:
            context.abort(self._failures.pop(0), "the queue is full")
        return self._stub.Predict(request)


@contextmanager
def shaky_grpc_server(target, failures=(), credentials=None, port=0):
    """Aborts with each of the status codes and then passes on to the target; yields its address and its requests."""
    requests = []
    with futures.ThreadPoolExecutor(4) as workers, grpc.insecure_channel(target) as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        proxy = grpc.server(workers, options=[("grpc.max_receive_message_length", -1)])
        servicer = _ShakyPredictions(stub, list(failures), requests)
        prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(servicer, proxy)
        address = f"127.0.0.1:{port}"
        port = proxy.add_secure_port(address, credentials) if credentials else proxy.add_insecure_port(address)
        proxy.start()
        try:
            yield f"localhost:{port}", requests
        finally:
            proxy.stop(0).wait()


class _ShakyHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        failure = self.server.failures.pop(0) if self.server.failures else None
        if failure is ConnectionError:
            self.close_connection = True
        elif failure:
            self._answer(*failure)
        else:
            with urllib.request.urlopen(self.server.rest_url + self.path, self.server.bodies[-1]) as response:
                self._answer(200, response.read())

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keeps the requests out of the test's output."""


@contextmanager
def shaky_rest_server(rest_url, failures=(), context=None):
    """Answers with each failure, `(status, body)` or ConnectionError, and then passes on; yields its URL and bodies."""
    proxy = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _ShakyHandler)
    proxy.rest_url, proxy.failures, proxy.bodies = rest_url, list(failures), []
    if context:
        proxy.socket = context.wrap_socket(proxy.socket, server_side=True)
    thread = threading.Thread(target=proxy.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http{'s' if context else ''}://localhost:{proxy.server_port}", proxy.bodies
    finally:
        proxy.shutdown()
        thread.join()
        proxy.server_close()

"""The gRPC server: services, health and reflection around one model manager."""

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection
from tensorflow_serving.apis import model_service_pb2, model_service_pb2_grpc, prediction_service_pb2

from components.errors import UsageError
from serving.server.config import GRPC_OPTION, ServerConfig
from serving.server.grpc_api.unary_methods import UnaryMethod, UnaryMethods
from serving.server.listening import host_and_port, port_in_use

# What TensorFlow Serving's health service knows, without package prefix, beside the whole server ("").
_HEALTH_SERVICES = ("", "ModelService", "PredictionService")
# A reload that waits for a model, and a reflection stream, each keep one; they are started as they are needed.
_MOST_THREADS = 256
_OPTIONS: Mapping[str, int | str] = {
    # Without SO_REUSEPORT a second server on the port is refused instead of getting half of the requests.
    "grpc.so_reuseport": 0,
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
}


class GrpcServer:
    """A gRPC server in threads of its own: predictions in `UnaryMethods`, everything rarer in grpc's thread pool."""

    def __init__(
        self,
        config: ServerConfig,
        prediction_methods: Mapping[str, UnaryMethod],
        model_service: model_service_pb2_grpc.ModelServiceServicer,
    ) -> None:
        self._config = config
        self._threads = ThreadPoolExecutor(_MOST_THREADS, thread_name_prefix="grpc")
        self._server = grpc.server(self._threads, options=list({**_OPTIONS, **config.grpc_channel_arguments}.items()))
        self._predictions = UnaryMethods(self._server, prediction_methods)
        self._health = health.HealthServicer(experimental_thread_pool=self._threads)
        model_service_pb2_grpc.add_ModelServiceServicer_to_server(model_service, self._server)
        names = [
            prediction_service_pb2.DESCRIPTOR.services_by_name["PredictionService"].full_name,
            model_service_pb2.DESCRIPTOR.services_by_name["ModelService"].full_name,
            reflection.SERVICE_NAME,
        ]
        if config.enable_health:
            health_pb2_grpc.add_HealthServicer_to_server(self._health, self._server)
            names.append(health.SERVICE_NAME)
        reflection.enable_server_reflection(names, self._server)

    def start(self) -> str:
        """Opens the port and, where there is one, the socket.

        Returns:
            The address, `host:port`.

        Raises:
            UsageError: The port or the socket cannot be had.
        """
        for service in _HEALTH_SERVICES:
            self._health.set(service, health_pb2.HealthCheckResponse.SERVING)
        try:
            port = self._open_port(host_and_port(self._config.host, self._config.port))
        except RuntimeError as error:
            raise port_in_use(self._config.host, self._config.port, GRPC_OPTION) from error
        self._open_socket()
        self._server.start()
        self._predictions.start()
        return host_and_port(self._config.host, port)

    def stop(self) -> None:
        """Turns health to NOT_SERVING, takes no new call and finishes those in flight."""
        self._health.enter_graceful_shutdown()
        stopped: threading.Event = self._server.stop(self._config.grace_seconds)
        stopped.wait()
        self._predictions.join()
        self._threads.shutdown()

    def _open_port(self, address: str) -> int:
        if self._config.tls:
            return self._server.add_secure_port(address, self._config.tls.credentials())
        return self._server.add_insecure_port(address)

    def _open_socket(self) -> None:
        path = self._config.grpc_socket_path
        try:
            if path:
                self._server.add_insecure_port(f"unix:{path}")
        except RuntimeError as error:
            raise UsageError(f"Cannot listen on the socket {path}: choose with --grpc-socket-path.") from error

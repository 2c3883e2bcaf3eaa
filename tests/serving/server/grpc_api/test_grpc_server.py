import asyncio

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from components.errors import UsageError
from serving.server.config import ServerConfig
from serving.server.server import ModelServer
from tests.serving.predict_requests import predict_request
from tests.serving.running_server import running_server


def reflected(server, **question):
    stub = reflection_pb2_grpc.ServerReflectionStub(server.channel)
    request = reflection_pb2.ServerReflectionRequest(**question)
    return next(stub.ServerReflectionInfo(iter([request]), timeout=10))


@pytest.mark.parametrize("service", ["", "ModelService", "PredictionService"])
def test_health(server, service):
    health = health_pb2_grpc.HealthStub(server.channel)
    answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=10)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING


def test_reflection_lists_the_services(server):
    answer = reflected(server, list_services="")
    assert sorted(service.name for service in answer.list_services_response.service) == [
        "grpc.health.v1.Health",
        "grpc.reflection.v1alpha.ServerReflection",
        "tensorflow.serving.ModelService",
        "tensorflow.serving.PredictionService",
    ]


def test_reflection_tells_the_messages_of_a_service(server):
    answer = reflected(server, file_containing_symbol="tensorflow.serving.PredictionService")
    files = b"".join(answer.file_descriptor_response.file_descriptor_proto)
    assert b"PredictRequest" in files


def test_without_health(base_path):
    with running_server(ServerConfig(base_path, enable_health=False)) as running:
        health = health_pb2_grpc.HealthStub(running.channel)
        with pytest.raises(grpc.RpcError) as caught:
            health.Check(health_pb2.HealthCheckRequest(), timeout=10)
        assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED
        assert len(reflected(running, list_services="").list_services_response.service) == 3


def test_a_unix_socket_beside_the_port(base_path, tmp_path):
    socket = tmp_path / "grpc.socket"
    with (
        running_server(ServerConfig(base_path, grpc_socket_path=socket)) as running,
        grpc.insecure_channel(f"unix:{socket}") as channel,
    ):
        method = channel.unary_unary(
            "/tensorflow.serving.PredictionService/Predict",
            request_serializer=lambda message: message.SerializeToString(),
        )
        assert method(predict_request(), timeout=10)
        assert running.prediction.Predict(predict_request(), timeout=10)


def test_a_socket_that_cannot_be_had(base_path, tmp_path):
    config = ServerConfig(base_path, port=0, rest_api_port=0, grpc_socket_path=tmp_path / "absent" / "grpc.socket")

    async def start():
        await ModelServer(config).start()

    with pytest.raises(UsageError, match="--grpc-socket-path"):
        asyncio.run(start())


def test_channel_arguments_reach_the_server(base_path):
    small = {"grpc.max_receive_message_length": 10}
    with running_server(ServerConfig(base_path, grpc_channel_arguments=small)) as running:
        with pytest.raises(grpc.RpcError) as caught:
            running.prediction.Predict(predict_request(), timeout=10)
        assert caught.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED

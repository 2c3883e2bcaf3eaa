"""Facts 5: what flags decide and a client sees."""

import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from tests.serving.conformance.target import SECONDS


@pytest.mark.parametrize("service", ["", "ModelService", "PredictionService"])
def test_the_health_service(target, service):
    """Asks a --target that was started with --enable_grpc_healthcheck_service."""
    check = health_pb2_grpc.HealthStub(target.channel).Check
    answer = check(health_pb2.HealthCheckRequest(service=service), timeout=SECONDS)
    assert answer.status == health_pb2.HealthCheckResponse.SERVING

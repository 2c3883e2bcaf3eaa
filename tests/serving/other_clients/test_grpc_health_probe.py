"""grpc-health-probe: what Kubernetes and Docker ask for a server's health with (gRPC of Go)."""

import pytest

from serving.server.config import ServerConfig
from tests.serving.running_server import running_server

# Its exit codes: https://github.com/grpc-ecosystem/grpc-health-probe#health-checking-protocol-exit-codes
CONNECTION_FAILED, RPC_FAILED, NOT_SERVING = 2, 3, 4


@pytest.mark.parametrize("service", ["", "PredictionService", "ModelService"])
def test_serving(health_probe, server, service):
    probed = health_probe("-addr", server.target, "-service", service)
    assert (probed.returncode, probed.stderr) == (0, "status: SERVING\n")


def test_a_service_that_is_not_there(health_probe, server):
    probed = health_probe("-addr", server.target, "-service", "SessionService")
    assert probed.returncode == RPC_FAILED
    assert "code = NotFound" in probed.stderr


def test_a_compressed_question(health_probe, server):
    assert health_probe("-gzip", "-addr", server.target).returncode == 0


def test_a_server_without_the_health_service(health_probe, base_path):
    with running_server(ServerConfig(base_path, enable_health=False)) as running:
        probed = health_probe("-addr", running.target)
    assert probed.returncode == RPC_FAILED
    assert "this server does not implement the grpc health protocol" in probed.stderr


def test_a_stopped_server(health_probe, base_path):
    with running_server(ServerConfig(base_path)) as running:
        assert health_probe("-addr", running.target).returncode == 0
        running.stop()
        assert health_probe("-addr", running.target).returncode == CONNECTION_FAILED

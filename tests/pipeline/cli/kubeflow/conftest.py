import pytest

from tests.pipeline.kubeflow.client.fake_api_server import fake_api_server


@pytest.fixture
def fake():
    """An API server that has no run yet."""
    with fake_api_server() as server:
        yield server

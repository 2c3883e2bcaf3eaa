"""Which server the cases ask: the embedded one, or with `--target HOST:PORT` any other."""

import contextlib
import shutil

import pytest

from serving.server.batching.parameters import read_batching_parameters
from serving.server.config import ServerConfig
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.conformance.conformance_model import MODEL_NAME, write_conformance_model
from tests.serving.conformance.target import Target
from tests.serving.running_server import running_server

METRICS_PATH = "/monitoring/prometheus/metrics"


def pytest_addoption(parser):
    parser.addoption("--target", help="gRPC address of a server of the conformance model, instead of the embedded one")
    parser.addoption("--rest-target", default="127.0.0.1:8501", help="REST address of the same server")


def _option(config, name):
    return config.getoption(name, default=None)  # unknown where pytest did not begin in this folder


def pytest_configure(config):
    config.addinivalue_line("markers", "own_server: starts servers of its own, so cannot ask a --target")


def pytest_collection_modifyitems(config, items):
    if _option(config, "--target"):
        left_out = [item for item in items if item.get_closest_marker("own_server")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def conformance_models(tmp_path_factory):
    """A function that returns the folder of a version of the model, written once."""
    folder, written = tmp_path_factory.mktemp("conformance"), {}

    def version_folder(version):
        if version not in written:
            written[version] = write_conformance_model(folder, version)
        return written[version]

    return version_folder


@pytest.fixture(scope="session")
def target(request, tmp_path_factory, conformance_models):
    """The server of version 3 of the model."""
    if address := _option(request.config, "--target"):
        yield Target(address, request.config.getoption("--rest-target"), MODEL_NAME)
        return
    base_path = tmp_path_factory.mktemp("base")
    shutil.copytree(conformance_models(3), base_path / "3")
    config = ServerConfig(base_path, MODEL_NAME, rest=RestSettings(prometheus_path=METRICS_PATH))
    with running_server(config) as running:
        yield Target(running.target, running.rest_url.removeprefix("http://"), MODEL_NAME)


@pytest.fixture
def name(target):
    """The name of the model."""
    return target.model_name


@pytest.fixture
def publish(conformance_models, tmp_path):
    """A function that copies a version aside and renames it into a base path."""

    def publish_version(base_path, version, folder_name=None):
        base_path.mkdir(parents=True, exist_ok=True)
        staging = tmp_path / "staging"
        shutil.copytree(conformance_models(version), staging)
        return staging.rename(base_path / (folder_name or str(version)))

    return publish_version


@pytest.fixture
def start(tmp_path):
    """A function that starts an embedded server of a base path."""
    stack = contextlib.ExitStack()

    def start_server(base_path, **settings):
        running = stack.enter_context(running_server(ServerConfig(base_path, MODEL_NAME, **settings)))
        return Target(running.target, running.rest_url.removeprefix("http://"), MODEL_NAME)

    with stack:
        yield start_server


@pytest.fixture
def start_batching(start, publish, tmp_path):
    """A function that starts an embedded server of version 3 with a batching parameter file of this text."""

    def start_server(parameters, **settings):
        file = tmp_path / "batching.config"
        file.write_text(parameters)
        publish(tmp_path / "base", 3)
        return start(tmp_path / "base", batching=read_batching_parameters(file), **settings)

    return start_server

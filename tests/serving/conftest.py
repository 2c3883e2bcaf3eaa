"""Model folders to serve, and servers of them."""

import shutil

import pytest

from serving.server.config import ServerConfig
from tests.serving.running_server import running_server
from tests.serving.tiny_model import write_model


@pytest.fixture(scope="session")
def exported_models(tmp_path_factory):
    """The versions 1 and 2, written once; copy them, do not change them."""
    folder = tmp_path_factory.mktemp("exported")
    return {version: write_model(folder / str(version), version) for version in (1, 2)}


@pytest.fixture
def base_path(tmp_path, exported_models):
    """A base path of one's own with version 1."""
    path = tmp_path / "models" / "quickdraw"
    path.mkdir(parents=True)
    shutil.copytree(exported_models[1], path / "1")
    return path


@pytest.fixture
def publish(base_path, exported_models):
    """A function that publishes version 2 under a number, copied aside and renamed into place."""

    def publish_as(number):
        shutil.copytree(exported_models[2], base_path / "staging")
        (base_path / "staging").rename(base_path / str(number))

    return publish_as


@pytest.fixture(scope="module")
def server(tmp_path_factory, exported_models):
    """A server of version 1 that the tests of a module share."""
    path = tmp_path_factory.mktemp("base")
    shutil.copytree(exported_models[1], path / "1")
    with running_server(ServerConfig(path)) as running:
        yield running

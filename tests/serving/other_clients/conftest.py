"""Runs the clients as a user does, from a command line; `install.sh` gets those that no package of ours brings."""

import shutil
import subprocess

import pytest

from tests.conftest import REPOSITORY
from tests.programs import TOOLS, cannot_run, find_program

INSTALL = "tests/serving/other_clients/install.sh"
REQUIRED = "QUICKDRAW_CLIENT_TESTS"
NODE_EXAMPLE = REPOSITORY / "serving/client/examples/node"


def run(*command, **options):
    """Returns the finished process of a command, with its texts."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def _client(name):
    """Returns a function that runs a client with arguments."""
    sentence = f"no server is asked by {name}, which is not there ({INSTALL} gets it)"
    path = find_program(name, sentence, REQUIRED)
    return lambda *arguments, **options: run(path, *arguments, **options)


@pytest.fixture(scope="session")
def grpcurl():
    return _client("grpcurl")


@pytest.fixture(scope="session")
def health_probe():
    return _client("grpc-health-probe")


@pytest.fixture(scope="session")
def curl():
    return _client("curl")


@pytest.fixture(scope="module")
def node(tmp_path_factory, grpcurl, server):
    """Runs scripts in a copy of the Node.js example, with its packages and the server's protos beside them."""
    start = _client("node")
    packages = TOOLS / "node/node_modules"
    if not packages.is_dir():
        cannot_run(f"no server is asked by Node.js: there is no @grpc/grpc-js ({INSTALL} gets it)", REQUIRED)
    folder = tmp_path_factory.mktemp("node") / "example"
    shutil.copytree(NODE_EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules", "protos"))
    (folder / "node_modules").symlink_to(packages)
    service = "tensorflow.serving.PredictionService"
    wrote = grpcurl("-plaintext", "-proto-out-dir", "protos", server.target, "describe", service, cwd=folder)
    assert wrote.returncode == 0, wrote.stderr
    return lambda *arguments, **options: start(*arguments, cwd=folder, **options)

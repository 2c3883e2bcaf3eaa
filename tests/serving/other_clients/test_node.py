"""Node.js with @grpc/grpc-js, an HTTP/2 of its own, and the .proto files that grpcurl writes."""

import json
import pathlib

from serving.server.config import ServerConfig
from tests.serving.other_clients.conftest import NODE_EXAMPLE
from tests.serving.running_server import running_server
from tests.serving.tiny_model import DRAWING

MANY_AT_ONCE = pathlib.Path(__file__).with_name("many_at_once.mjs")


def test_predict(node, server):
    asked = node("predict.mjs", server.target, DRAWING, "no drawing")
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout == "ant 1.00  alarm_clock 0.20  angel 0.10\n 0.00   0.00   0.00\n"


def test_a_large_request_and_answer(node, server):
    drawing = json.dumps([[[0, 255] * 5_000] * 2])  # 80 kB: Linux takes 128 in one argument
    asked = node("predict.mjs", server.target, *[drawing] * 12)
    assert asked.stdout == "ant 1.00  alarm_clock 0.20  angel 0.10\n" * 12


def test_many_requests_at_once_over_one_connection_and_compressed(node, server):
    asked = node("--input-type=module", "-", server.target, input=MANY_AT_ONCE.read_text())
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == {"sizes": list(range(1, 201)), "words": ["ant"]}


def test_an_error_and_its_text(node, base_path):
    with running_server(ServerConfig(base_path, model_name="sketches")) as running:
        asked = node("predict.mjs", running.target, DRAWING)
    assert (asked.returncode, asked.stdout) == (1, "")
    assert asked.stderr == "NOT_FOUND: Servable not found for request: Latest(quickdraw)\n"


def test_a_stopped_server(node, base_path):
    with running_server(ServerConfig(base_path)) as running:
        running.stop()
        asked = node("predict.mjs", running.target, DRAWING)
    assert asked.returncode == 1
    assert asked.stderr.startswith("UNAVAILABLE: No connection established.")


def test_the_lock_has_hashes_and_no_addresses():
    packages = json.loads((NODE_EXAMPLE / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert len(installed) > 2
    assert all("integrity" in package and "resolved" not in package for package in installed)

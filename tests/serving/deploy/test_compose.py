import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.serving.deploy.deploy_files import DEPLOY, compose_service, document

MODELS = "${QUICKDRAW_MODELS:-../../workspace/models}"


def services():
    return document("compose.yaml")["services"]


def test_the_file_keeps_the_compose_specification():
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, DEPLOY / "compose.yaml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_models_are_mounted_read_only_and_never_made_by_docker():
    (models,) = [volume for volume in compose_service()["volumes"] if isinstance(volume, dict)]
    assert models == {
        "type": "bind",
        "source": MODELS,
        "target": "/models",
        "read_only": True,
        # A missing folder is an error, and not an empty one that belongs to root and is waited for.
        "bind": {"create_host_path": False},
    }


def test_the_default_folder_of_models_is_the_repositorys_workspace():
    default = MODELS.split(":-")[1].rstrip("}")
    assert (DEPLOY / default).resolve() == DEPLOY.parents[1] / "workspace" / "models"


@pytest.mark.parametrize("name", services())
def test_mounted_files_exist_and_are_read_only(name):
    mounts = [volume.split(":") for volume in compose_service(name)["volumes"] if isinstance(volume, str)]
    volumes = set(document("compose.yaml")["volumes"])
    files = [mount for mount in mounts if mount[0] not in volumes]
    assert files
    for source, _, mode in files:
        assert (DEPLOY / source).exists()
        assert mode == "ro"


@pytest.mark.parametrize("name", services())
def test_ports_are_published_on_loopback_unless_told_otherwise(name):
    for port in compose_service(name)["ports"]:
        host, published, target = port.rsplit(":", 2)
        assert host in ("127.0.0.1", "${QUICKDRAW_BIND:-127.0.0.1}")
        assert published == target


@pytest.mark.parametrize("name", services())
def test_no_service_can_gain_rights(name):
    service = compose_service(name)
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_server_is_not_root_and_writes_nothing():
    service = compose_service()
    assert service["user"] == "1000:1000"
    assert service["read_only"]
    # TensorFlow Serving as process 1 would not notice `docker compose stop`.
    assert service["init"]


class TestHealthCheck:
    """The very command, run by this machine's bash against a real server."""

    def run(self, port, model="quickdraw"):
        form, *command = compose_service()["healthcheck"]["test"]
        assert form == "CMD"
        assert command[-1].count("8501") == 1
        command[-1] = command[-1].replace("8501", str(port)).replace("quickdraw", model)
        return subprocess.run(command, capture_output=True, timeout=10, check=False).returncode

    def test_a_loaded_version_is_healthy(self, server):
        assert self.run(server.rest_url.rsplit(":", 1)[1]) == 0

    def test_an_unknown_model_is_not(self, server):
        assert self.run(server.rest_url.rsplit(":", 1)[1], model="cats") != 0

    def test_a_closed_port_is_not(self):
        with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as unused:
            port = unused.server_port
        assert self.run(port) != 0

    @pytest.mark.parametrize(("state", "healthy"), [("AVAILABLE", True), ("LOADING", False), ("END", False)])
    def test_the_state_in_the_body_counts_and_not_the_status(self, state, healthy):
        with answering(f'{{\n "model_version_status": [\n  {{\n   "version": "7",\n   "state": "{state}"\n') as port:
            assert (self.run(port) == 0) is healthy


class answering:
    """An HTTP server that gives every GET this body and the status 200, as TensorFlow Serving does."""

    def __init__(self, body):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self):
        self._thread.start()
        return self._server.server_port

    def __exit__(self, *_):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

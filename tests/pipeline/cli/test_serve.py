import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from pipeline.cli.main import app
from serving.client import DoodleClient
from tests.serving.tiny_model import DRAWING, write_model

READY = re.compile(r"serving quickdraw version 1 on grpc (127\.0\.0\.1:\d+) and rest (http://127\.0\.0\.1:\d+)\n")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    path = tmp_path_factory.mktemp("workspace")
    base_path = path / "models" / "quickdraw"
    base_path.mkdir(parents=True)
    write_model(base_path / "1", 1)
    return path


def quickdraw(*arguments, **options):
    command = [sys.executable, "-m", "pipeline.cli.main", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_says_where_it_serves_and_ends_well_when_told_to(workspace, signal_number):
    process = quickdraw("serve", "--workspace", workspace, "--port", 0, "--rest_api_port", 0)
    try:
        ready = READY.fullmatch(process.stdout.readline())
        assert ready, process.stderr.read()
        with DoodleClient(ready[1]) as client:
            assert client.predict([DRAWING])[0][0].word == "ant"
        body = json.dumps({"instances": [DRAWING]}).encode()
        with urllib.request.urlopen(f"{ready[2]}/v1/models/quickdraw:predict", body, timeout=20) as answer:
            assert json.load(answer)["predictions"][0]["words"][0] == "ant"
        process.send_signal(signal_number)
        output, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert output == ""
    assert errors == "INFO:serving.server.model_manager:Version 1 of quickdraw is served\n"

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from serving.client import DoodleClient
from tests.serving.tiny_model import DRAWING, write_model

READY = re.compile(r"serving quickdraw version 1 on grpc (127\.0\.0\.1:\d+) and rest (http://127\.0\.0\.1:\d+)\n")


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "models" / "quickdraw").mkdir(parents=True)
    return tmp_path


def quickdraw(*arguments):
    command = [sys.executable, "-m", "pipeline.cli.main", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def refusal(*arguments):
    process = quickdraw(*arguments)
    output, errors = process.communicate(timeout=60)
    assert output == ""
    assert errors.count("\n") == 1
    return process.returncode, errors


def test_says_where_it_serves_and_ends_well_when_told_to(workspace):
    write_model(workspace / "models" / "quickdraw" / "1", 1)
    process = quickdraw("serve", "--workspace", workspace, "--port", 0, "--rest_api_port", 0)
    try:
        ready = READY.fullmatch(process.stdout.readline())
        assert ready, process.stderr.read()
        with DoodleClient(ready[1]) as client:
            assert client.predict([DRAWING])[0][0].word == "ant"
        body = json.dumps({"instances": [DRAWING]}).encode()
        with urllib.request.urlopen(f"{ready[2]}/v1/models/quickdraw:predict", body, timeout=20) as answer:
            assert json.load(answer)["predictions"][0]["words"][0] == "ant"
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0
    assert output == ""
    assert errors == "INFO:serving.server.models.served_model:Version 1 of quickdraw is served\n"


def test_serves_a_page_to_draw_on_when_told_to(workspace):
    write_model(workspace / "models" / "quickdraw" / "1", 1)
    process = quickdraw("serve", "--workspace", workspace, "--port", 0, "--rest-api-port", 0, "--web")
    try:
        page = re.search(r", draw at (http://127\.0\.0\.1:\d+/)\n", process.stdout.readline())
        assert page, process.stderr.read()
        with urllib.request.urlopen(page[1], timeout=20) as answer:
            assert answer.read().startswith(b"<!doctype html>")
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("option", ["--workspace", "--model-base-path", "--model_base_path"])
def test_nothing_pushed_yet(workspace, option):
    base_path = workspace / "models" / "quickdraw"
    code, errors = refusal("serve", option, workspace if option == "--workspace" else base_path)
    assert code == 2
    assert f"No model version in {base_path}: call `quickdraw run` first" in errors


def test_a_port_in_use(workspace):
    (workspace / "models" / "quickdraw" / "1").mkdir()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        code, errors = refusal("serve", "--workspace", workspace, "--port", taken)
    assert code == 2
    assert f"Port {taken} on 127.0.0.1 is in use" in errors


def test_flags_as_tensorflow_serving_spells_them(workspace, tmp_path):
    write_model(workspace / "models" / "quickdraw" / "1", 1)
    file = tmp_path / "models.config"
    file.write_text(
        "model_config_list {"
        f'  config {{ name: "ant" base_path: "{workspace}/models/quickdraw" model_platform: "tensorflow"'
        '    version_labels { key: "stable" value: 1 } }'
        f'  config {{ name: "bee" base_path: "{workspace}/models/quickdraw" model_platform: "tensorflow" }}'
        "}"
    )
    process = quickdraw(
        "serve",
        f"--model_config_file={file}",
        "--port=0",
        "--rest_api_port=0",
        "--allow_version_labels_for_unavailable_models=true",
        "--enable_model_warmup=false",
        "--file_system_poll_wait_seconds=0",
        "--grpc_max_threads=1",
    )
    try:
        ready = re.fullmatch(
            r"serving ant version 1, bee version 1 on grpc .* and rest (.*)\n", process.stdout.readline()
        )
        assert ready, process.stderr.read()
        body = json.dumps({"instances": [DRAWING]}).encode()
        with urllib.request.urlopen(f"{ready[1]}/v1/models/ant/labels/stable:predict", body, timeout=20) as answer:
            assert json.load(answer)["predictions"][0]["words"][0] == "ant"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("flag", "sentence"),
    [
        ("--num_load_threads=1", "--num_load_threads of TensorFlow Serving is not an option of this server"),
        ("--model_config_file=absent", "Cannot read the ModelServerConfig absent (No such file or directory)"),
    ],
)
def test_a_flag_that_cannot_be_followed(flag, sentence):
    code, errors = refusal("serve", flag)
    assert code == 2
    assert sentence in errors


def test_the_version():
    output, _ = quickdraw("serve", "--version").communicate(timeout=60)
    assert re.fullmatch(r"quickdraw \d+\.\d+\.\d+ with TensorFlow 2\.16\.2\n", output)

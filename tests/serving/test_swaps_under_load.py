"""Clients that never stop asking while versions come and go: no request fails, and none waits for a load."""

import json
import shutil
import threading
import time
import urllib.request
from contextlib import contextmanager

import pytest
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus

from serving.server.config import ServerConfig
from tests.serving.predict_requests import predict_request
from tests.serving.running_server import running_server
from tests.serving.slow_model import compute_request, write_slow_model
from tests.serving.tiny_model import DRAWING

SWAPS = 20


def ask_grpc(server):
    response = server.prediction.Predict(predict_request(), timeout=20)
    return response.model_spec.version.value, response.outputs["scores"].float_val[0]


def ask_rest(server):
    body = json.dumps({"instances": [DRAWING]}).encode()
    with urllib.request.urlopen(f"{server.rest_url}/v1/models/quickdraw:predict", body, timeout=20) as answer:
        return None, json.load(answer)["predictions"][0]["scores"][0]


@contextmanager
def asking_without_end(server, *questions):
    """Asks each question in a loop of its own; yields the lists of answers, and raises what a question raised."""
    stop, failures = threading.Event(), []

    def ask_on(question, answers):
        try:
            while not stop.is_set():
                started = time.monotonic()
                answers.append((*question(server), time.monotonic() - started))
        except Exception as error:
            failures.append(error)

    answers = [[] for _ in questions]
    threads = [threading.Thread(target=ask_on, args=pair) for pair in zip(questions, answers, strict=True)]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []


def wait_for_version(server, number, seconds=30):
    deadline = time.monotonic() + seconds
    while ask_grpc(server)[0] != number:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def states(server):
    message = GetModelStatusRequest(model_spec={"name": "quickdraw"})
    statuses = server.model.GetModelStatus(message, timeout=20).model_version_status
    return {status.version: status.state for status in statuses}


def test_twenty_swaps_fail_no_request(base_path, exported_models):
    numbers = range(2, SWAPS + 2)
    with running_server(ServerConfig(base_path)) as running:
        with asking_without_end(running, ask_grpc, ask_grpc, ask_rest, ask_rest) as answers:
            for number in numbers:
                half_written = base_path / f"{number + 1000}"
                half_written.mkdir()
                (half_written / "saved_model.pb").write_bytes(b"half")
                shutil.copytree(exported_models[2 - number % 2], base_path / "staging")
                (base_path / "staging").rename(base_path / str(number))
                wait_for_version(running, number)
                shutil.rmtree(half_written)
                shutil.rmtree(base_path / str(number - 1))
        at_the_end = states(running)

    for answered in answers[:2]:
        versions = [version for version, _, _ in answered]
        assert versions == sorted(versions)  # once a new version answered, the old one never did again
        assert all(score == 2 - version % 2 for version, score, _ in answered)  # the one named is the one that computed
    assert {score for _, score, _ in answers[2]} == {1.0, 2.0}
    assert at_the_end[numbers[-1]] == ModelVersionStatus.AVAILABLE
    assert {at_the_end[number] for number in range(1, numbers[-1])} == {ModelVersionStatus.END}


def test_no_request_waits_for_a_load(base_path):
    shutil.rmtree(base_path / "1")
    write_slow_model(base_path / "1", 1, seconds_to_load=0)
    with running_server(ServerConfig(base_path)) as running, asking_without_end(running, ask_grpc) as (answers,):
        write_slow_model(base_path / "2", 2, seconds_to_load=2)
        published = time.monotonic()
        time.sleep(0.5)
        assert states(running) == {1: ModelVersionStatus.AVAILABLE, 2: ModelVersionStatus.LOADING}
        answered_while_loading = len(answers)
        wait_for_version(running, 2)
        assert time.monotonic() - published > 2
    assert answered_while_loading > 10
    assert max(seconds for _, _, seconds in answers) < 1


def wait_for_states(running, expected):
    """Waits: an answer is sent a moment before the thread that made it lets go of the model."""
    deadline = time.monotonic() + 10
    while states(running) != expected:
        assert time.monotonic() < deadline, states(running)
        time.sleep(0.01)


def test_a_request_in_flight_keeps_its_version(base_path):
    shutil.rmtree(base_path / "1")
    write_slow_model(base_path / "1", 1, seconds_to_load=0)
    with running_server(ServerConfig(base_path, threads=2)) as running:
        in_flight = running.prediction.Predict.future(compute_request(seconds=2), timeout=20)
        write_slow_model(base_path / "2", 2, seconds_to_load=0)
        wait_for_version(running, 2)
        assert states(running) == {2: ModelVersionStatus.AVAILABLE, 1: ModelVersionStatus.UNLOADING}
        assert in_flight.result().model_spec.version.value == 1
        wait_for_states(running, {2: ModelVersionStatus.AVAILABLE, 1: ModelVersionStatus.END})


@pytest.mark.parametrize("api", ["grpc", "rest"])
def test_a_request_in_flight_is_answered_when_the_server_stops(base_path, api):
    shutil.rmtree(base_path / "1")
    write_slow_model(base_path / "1", 1, seconds_to_load=0)
    answers = []
    with running_server(ServerConfig(base_path)) as running:

        def ask():
            if api == "grpc":
                answers.append(running.prediction.Predict(compute_request(1), timeout=20).outputs["turns"].int_val[0])
            else:
                body = json.dumps({"signature_name": "compute", "inputs": 1}).encode()
                with urllib.request.urlopen(f"{running.rest_url}/v1/models/quickdraw:predict", body, timeout=20) as got:
                    answers.append(json.load(got)["outputs"])

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(0.3)
        running.stop()
        asking.join()
    assert len(answers) == 1
    assert answers[0] > 0

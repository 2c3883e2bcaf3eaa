import asyncio
import gc
import os
import signal
import socket
import threading
import time

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from components.errors import UsageError
from serving.server.config import ServerConfig
from serving.server.server import ModelServer, serve
from tests.serving.predict_requests import predict_request
from tests.serving.running_server import running_server
from tests.serving.slow_model import compute_request, write_slow_model


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def answers(running, message):
    try:
        return running.prediction.Predict(message, timeout=10)
    except grpc.RpcError:
        return None


def start(config):
    async def start_and_stop():
        server = ModelServer(config)
        await server.start()

    asyncio.run(start_and_stop())


def test_the_ready_line_tells_model_version_and_addresses(server):
    assert str(server.serving) == (f"serving quickdraw version 1 on grpc {server.target} and rest {server.rest_url}")
    assert server.rest_url.startswith("http://127.0.0.1:")


def test_a_swap_under_a_stream_of_requests_fails_none(base_path, publish):
    with running_server(ServerConfig(base_path)) as running:
        versions, stop = [[], []], threading.Event()

        def stream(answered):
            while not stop.is_set():
                response = running.prediction.Predict(predict_request(), timeout=10)
                answered.append((response.model_spec.version.value, round(response.outputs["scores"].float_val[0])))

        threads = [threading.Thread(target=stream, args=(answered,)) for answered in versions]
        for thread in threads:
            thread.start()
        wait_until(lambda: all(versions))
        publish(2)
        wait_until(lambda: all(answered and answered[-1][0] == 2 for answered in versions))
        stop.set()
        for thread in threads:
            thread.join()

    for answered in versions:
        assert set(answered) == {(1, 1), (2, 2)}  # the version named is the one that computed
        assert answered == sorted(answered)  # and once the new one answered, the old one never did again


def test_a_half_written_version_is_never_served(base_path, publish):
    with running_server(ServerConfig(base_path)) as running:
        (base_path / "7").mkdir()
        (base_path / "7" / "saved_model.pb").write_bytes((base_path / "1" / "saved_model.pb").read_bytes())
        publish(2)
        wait_until(lambda: running.prediction.Predict(predict_request(), timeout=10).model_spec.version.value == 2)


def test_health_turns_and_requests_in_flight_finish_when_it_stops(tmp_path):
    write_slow_model(tmp_path / "1", 1, seconds_to_load=0)
    with running_server(ServerConfig(tmp_path)) as running:
        watch = health_pb2_grpc.HealthStub(running.channel).Watch(health_pb2.HealthCheckRequest())
        statuses = [next(watch).status]
        in_flight = running.prediction.Predict.future(compute_request(seconds=1.5), timeout=20)
        time.sleep(0.3)
        stopping = threading.Thread(target=running.stop)
        stopping.start()
        statuses.append(next(watch).status)
        watch.cancel()  # a stream that nobody ends would be given the whole grace period
        assert not in_flight.done()
        assert in_flight.result()
        stopping.join()
    assert statuses == [health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING]


def test_a_port_taken_while_the_model_loads_is_told_and_nothing_is_left_open(base_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        for option, config in (
            ("--port", ServerConfig(base_path, port=taken, rest_api_port=0)),
            ("--rest-api-port", ServerConfig(base_path, port=0, rest_api_port=taken)),
        ):
            with pytest.raises(UsageError, match=f"Port {taken} on 127.0.0.1 is in use.*{option}"):
                start(config)


def test_only_broken_versions(base_path):
    (base_path / "1" / "saved_model.pb").write_bytes(b"")
    with pytest.raises(UsageError, match=r"No version in .* could be loaded"):
        start(ServerConfig(base_path, port=0, rest_api_port=0))


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_a_signal(base_path, signal_number):
    ready = []

    def stop_when_ready(serving):
        ready.append(str(serving))
        os.kill(os.getpid(), signal_number)

    asyncio.run(serve(ServerConfig(base_path, port=0, rest_api_port=0), stop_when_ready))
    assert len(ready) == 1
    assert gc.get_freeze_count() > 0
    gc.unfreeze()


def test_a_signal_while_the_first_version_loads(tmp_path):
    write_slow_model(tmp_path / "1", 1, seconds_to_load=1.5)
    ready = []
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()
    asyncio.run(serve(ServerConfig(tmp_path, port=0, rest_api_port=0), ready.append))
    assert ready == []


def test_a_start_that_fails_is_told_once_everything_is_closed(base_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        config = ServerConfig(base_path, port=other.getsockname()[1], rest_api_port=0)
        with pytest.raises(UsageError, match="is in use"):
            asyncio.run(serve(config, lambda serving: None))


def test_the_models_of_a_file(base_path, publish, tmp_path):
    publish(2)
    file = tmp_path / "models.config"
    model = 'config {{ name: "{}" base_path: "{}" model_platform: "tensorflow" {} }}'
    ant = model.format("ant", base_path, "model_version_policy { all {} }")
    bee = model.format("bee", base_path, 'version_labels { key: "stable" value: 2 }')
    file.write_text(f"model_config_list {{ {ant} }}")
    config = ServerConfig(model_config_file=file, config_poll_seconds=0.05, allow_labels_for_unavailable=True)
    with running_server(config) as running:
        assert str(running.serving).startswith("serving ant versions 2 1 on grpc ")
        assert running.prediction.Predict(predict_request("ant", version=1), timeout=10)
        file.write_text(f"model_config_list {{ {ant} {bee} }}")
        wait_until(lambda: answers(running, predict_request("bee", label="stable")))


def test_no_model_until_a_reload_names_one(tmp_path):
    file = tmp_path / "models.config"
    file.write_text("")
    with running_server(ServerConfig(model_config_file=file)) as running:
        assert str(running.serving).startswith("serving no model on grpc ")


def test_a_label_of_a_file_needs_the_flag(base_path, tmp_path):
    file = tmp_path / "models.config"
    model = f'name: "ant" base_path: "{base_path}" model_platform: "tensorflow"'
    file.write_text(f'model_config_list {{ config {{ {model} version_labels {{ key: "stable" value: 1 }} }} }}')
    with pytest.raises(UsageError, match="Request to assign label to version 1 of model ant"):
        start(ServerConfig(model_config_file=file, port=0, rest_api_port=0))


def test_an_unforeseen_error_of_the_poll_ends_the_server(base_path, monkeypatch):
    async def fail(self):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(ModelServer, "poll_forever", fail)
    with pytest.raises(RuntimeError, match="unforeseen"):
        asyncio.run(serve(ServerConfig(base_path, port=0, rest_api_port=0), lambda serving: None))

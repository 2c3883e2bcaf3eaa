import shutil
import threading
import time

import grpc
import pytest
from google.protobuf import text_format
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest

from serving.server.config import ServerConfig
from serving.server.models.failed_loads import RetryPolicy
from tests.serving.predict_requests import predict_request
from tests.serving.running_server import running_server


@pytest.fixture
def own_server(base_path):
    """A server of one's own, of version 1, that gives a broken version up at once."""
    with running_server(ServerConfig(base_path, retries=RetryPolicy(0))) as running:
        yield running


def model(name, base_path, more=""):
    return f'config {{ name: "{name}" base_path: "{base_path}" model_platform: "tensorflow" {more} }}'


def reload_request(*models):
    return text_format.Parse(f"config {{ model_config_list {{ {' '.join(models)} }} }}", ReloadConfigRequest())


def reload(server, *models):
    return server.model.HandleReloadConfigRequest(reload_request(*models), timeout=20)


def refusal(call, message, timeout=20):
    with pytest.raises(grpc.RpcError) as caught:
        call(message, timeout=timeout)
    return caught.value.code().name, caught.value.details()


def version_of(server, **spec):
    return server.prediction.Predict(predict_request(**spec), timeout=20).model_spec.version.value


def test_status(server):
    message = GetModelStatusRequest()
    assert refusal(server.model.GetModelStatus, message) == ("INVALID_ARGUMENT", "Missing ModelSpec")
    message.model_spec.name = "x"
    assert refusal(server.model.GetModelStatus, message) == ("NOT_FOUND", "Could not find any versions of model x")
    message.model_spec.name = "quickdraw"
    (status,) = server.model.GetModelStatus(message, timeout=10).model_version_status
    assert (status.version, status.state, status.status.error_code) == (1, ModelVersionStatus.AVAILABLE, 0)


@pytest.mark.parametrize("message", [ReloadConfigRequest(), ReloadConfigRequest(config={"custom_model_config": {}})])
def test_a_reload_without_a_list(server, message):
    code, text = refusal(server.model.HandleReloadConfigRequest, message)
    assert code == "INVALID_ARGUMENT"
    assert text.startswith("ServerModelConfig type not supported by HandleReloadConfigRequest.")


@pytest.mark.parametrize(
    ("models", "code", "text"),
    [
        ([model("m", "/a"), model("m", "/b")], "INVALID_ARGUMENT", "Illegal to list model m multiple times in config"),
        ([model("m", "a")], "INVALID_ARGUMENT", "Expected model m to have an absolute path or URI; got base_path()=a"),
        (['config { name: "m" base_path: "/a" }'], "INVALID_ARGUMENT", "Illegal setting neither "),
        (
            ['config { name: "quickdraw" base_path: "/a" model_platform: "x" }'],
            "INVALID_ARGUMENT",
            "Illegal to change a model's platform. For model quickdraw platform was tensorflow and new platform",
        ),
        (
            [model("quickdraw", "/a", 'version_labels { key: "stable" value: 9 }')],
            "FAILED_PRECONDITION",
            "Request to assign label to version 9 of model quickdraw, which is not currently available for inference",
        ),
    ],
    ids=lambda value: "",
)
def test_a_refused_reload_changes_nothing(server, models, code, text):
    answered_code, answered_text = refusal(server.model.HandleReloadConfigRequest, reload_request(*models))
    assert answered_code == code
    assert answered_text.startswith(text)
    assert version_of(server) == 1


def test_a_new_model_answers_when_the_reload_returns(own_server, base_path):
    response = reload(own_server, model("quickdraw", base_path), model("bee", base_path))
    assert (response.status.error_code, response.status.error_message) == (0, "")
    assert version_of(own_server, name="bee") == version_of(own_server) == 1


def test_labels_move(own_server, base_path, publish):
    publish(2)
    labels = 'version_labels {{ key: "stable" value: {} }} model_version_policy {{ all {{}} }}'
    reload(own_server, model("quickdraw", base_path, labels.format(1)))
    assert version_of(own_server, label="stable") == 1
    wait_for(lambda: version_of(own_server) == 2)
    reload(own_server, model("quickdraw", base_path, labels.format(2)))
    assert version_of(own_server, label="stable") == 2


def test_models_left_out_are_unloaded(own_server):
    reload(own_server)
    code, text = refusal(own_server.prediction.Predict, predict_request())
    assert (code, text) == ("NOT_FOUND", "Servable not found for request: Latest(quickdraw)")
    message = GetModelStatusRequest(model_spec={"name": "quickdraw"})
    wait_for(
        lambda: (
            own_server.model.GetModelStatus(message, timeout=20).model_version_status[0].state == ModelVersionStatus.END
        )
    )


def test_a_new_model_that_cannot_be_loaded(own_server, base_path, tmp_path):
    (tmp_path / "bee" / "3").mkdir(parents=True)
    message = reload_request(model("quickdraw", base_path), model("bee", tmp_path / "bee"))
    assert refusal(own_server.model.HandleReloadConfigRequest, message) == (
        "UNKNOWN",
        "1 model(s) did not become available: {{name: bee version: 3} due to error: "
        f"NOT_FOUND: {tmp_path}/bee/3 has no saved_model.pb}}, }}",
    )
    assert version_of(own_server) == 1


def test_a_reload_waits_for_a_new_model_and_no_other_request_waits_for_it(own_server, base_path, tmp_path):
    models = [model("quickdraw", base_path), model("bee", tmp_path / "bee")]
    code, _ = refusal(own_server.model.HandleReloadConfigRequest, reload_request(*models), timeout=0.3)
    assert code == "DEADLINE_EXCEEDED"
    reload(own_server, model("quickdraw", base_path))

    answers = []
    waiting = threading.Thread(target=lambda: answers.append(reload(own_server, *models)))
    waiting.start()
    time.sleep(0.3)
    assert version_of(own_server) == 1
    assert not answers
    shutil.copytree(base_path, tmp_path / "staging")
    (tmp_path / "staging").rename(tmp_path / "bee")
    waiting.join(timeout=20)
    assert len(answers) == 1
    assert version_of(own_server, name="bee") == 1


def test_counters_that_do_not_exist_have_not_increased(own_server, base_path):
    message = reload_request(model("quickdraw", base_path))
    message.metric_names.append(":tensorflow:x")
    (metric,) = own_server.model.HandleReloadConfigRequest(message, timeout=20).metric
    assert (metric.name, metric.int64_value_increase) == (":tensorflow:x", 0)


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)

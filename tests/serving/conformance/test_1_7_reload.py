"""Facts 1.7: HandleReloadConfigRequest."""

import pytest
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest

from serving.server.models.failed_loads import RetryPolicy
from tests.serving.conformance.conformance_model import MODEL_NAME
from tests.serving.conformance.requests import model_config, predict_request, reload_request
from tests.serving.conformance.target import SECONDS, refusal, wait_until

pytestmark = pytest.mark.own_server


@pytest.fixture
def base_path(tmp_path, publish):
    publish(tmp_path / "base", 3)
    return tmp_path / "base"


@pytest.fixture
def target(start, base_path):
    return start(base_path, retries=RetryPolicy(most_retries=0))


def reload(target, *models):
    return target.model.HandleReloadConfigRequest(reload_request(*models), timeout=SECONDS)


def custom():
    request = ReloadConfigRequest()
    request.config.custom_model_config.SetInParent()
    return request


@pytest.mark.parametrize("request_of", [ReloadConfigRequest, custom])
def test_no_list_of_models(target, request_of):
    code, text = refusal(target.model.HandleReloadConfigRequest, request_of())
    assert code == "INVALID_ARGUMENT"
    assert text.startswith("ServerModelConfig type not supported by HandleReloadConfigRequest.")


@pytest.mark.parametrize(
    ("models", "text"),
    [
        (
            [model_config("m", "/a"), model_config("m", "/b")],
            "Illegal to list model m multiple times in config list",
        ),
        (
            [model_config("m", "a/b")],
            "Expected model m to have an absolute path or URI; got base_path()=a/b",
        ),
        ([model_config("m", "/a", platform="")], "Illegal setting neither"),
        ([model_config("m", "/a", platform="x")], "Model m requests unsupported platform x"),
        ([model_config(MODEL_NAME, "/a", platform="x")], "Illegal to change a model's platform"),
    ],
    ids=["twice", "relative", "no platform", "unknown platform", "changed platform"],
)
def test_a_list_that_is_refused(target, models, text):
    code, answered = refusal(target.model.HandleReloadConfigRequest, reload_request(*models))
    assert (code, answered[: len(text)]) == ("INVALID_ARGUMENT", text)


def test_a_label_of_a_version_that_is_not_loaded(target, base_path):
    models = reload_request(model_config(MODEL_NAME, base_path, labels={"stable": 9}))
    assert refusal(target.model.HandleReloadConfigRequest, models) == (
        "FAILED_PRECONDITION",
        f"Request to assign label to version 9 of model {MODEL_NAME}, which is not currently available for inference",
    )


def test_a_new_model_that_does_not_load(target, base_path, tmp_path):
    (tmp_path / "broken" / "1").mkdir(parents=True)
    models = reload_request(model_config(MODEL_NAME, base_path), model_config("broken", tmp_path / "broken"))
    code, text = refusal(target.model.HandleReloadConfigRequest, models)
    assert code == "UNKNOWN"
    assert text.startswith("1 model(s) did not become available: {{name: broken version: 1} due to error: ")


def test_the_call_ends_when_a_new_model_answers(target, base_path):
    response = reload(target, model_config(MODEL_NAME, base_path), model_config("second", base_path))
    assert response.status.error_code == 0
    assert target.prediction.Predict(predict_request("second"), timeout=SECONDS).model_spec.name == "second"


def test_models_left_out_are_unloaded(target, base_path):
    reload(target, model_config("second", base_path))
    wait_until(lambda: target.states() == [(3, "END", 0)])
    answer = refusal(target.prediction.Predict, predict_request(MODEL_NAME))
    assert answer == ("NOT_FOUND", f"Servable not found for request: Latest({MODEL_NAME})")


def test_an_empty_list_unloads_everything(target):
    request = ReloadConfigRequest()
    request.config.model_config_list.SetInParent()
    assert target.model.HandleReloadConfigRequest(request, timeout=SECONDS).status.error_code == 0
    wait_until(lambda: target.states() == [(3, "END", 0)])


def test_counters_that_are_asked_for(target, base_path):
    request = reload_request(model_config(MODEL_NAME, base_path))
    request.metric_names.append("/unknown")
    assert target.model.HandleReloadConfigRequest(request, timeout=SECONDS).status.error_code == 0

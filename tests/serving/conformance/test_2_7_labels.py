"""Facts 2.7: version labels."""

import pytest

from tests.serving.conformance.conformance_model import MODEL_NAME
from tests.serving.conformance.requests import model_config, predict_request, reload_request
from tests.serving.conformance.target import SECONDS, refusal, wait_until

pytestmark = pytest.mark.own_server


@pytest.fixture
def base_path(tmp_path, publish):
    for version in (3, 4):
        publish(tmp_path / "base", version)
    return tmp_path / "base"


@pytest.fixture
def target(start, base_path):
    """Both versions, `canary` on the newer and `stable` on the older one."""
    running = start(base_path)
    reload(running, model_config(MODEL_NAME, base_path, versions=[3, 4]))
    wait_until(lambda: [state[:2] for state in running.states()] == [(4, "AVAILABLE"), (3, "AVAILABLE")])
    reload(running, model_config(MODEL_NAME, base_path, versions=[3, 4], labels={"stable": 3, "canary": 4}))
    return running


def reload(target, config):
    target.model.HandleReloadConfigRequest(reload_request(config), timeout=SECONDS)


@pytest.mark.parametrize(("label", "version"), [("stable", 3), ("canary", 4)])
def test_the_answer_names_the_version_and_not_the_label(target, label, version):
    answer = target.prediction.Predict(predict_request(MODEL_NAME, label=label), timeout=SECONDS)
    assert (answer.model_spec.WhichOneof("version_choice"), answer.model_spec.version.value) == ("version", version)
    assert answer.outputs["y"].float_val[0] == version


def test_labels_in_rest(target):
    for label, version in (("stable", 3), ("canary", 4)):
        assert target.post("predict", {"instances": [1]}, f"/labels/{label}") == (200, {"predictions": [version]})
    status, answer = target.rest("GET", f"/v1/models/{MODEL_NAME}/labels/stable")
    assert (status, [each["version"] for each in answer["model_version_status"]]) == (200, ["4", "3"])
    status, answer = target.rest("GET", f"/v1/models/{MODEL_NAME}/labels/stable/metadata")
    assert (status, answer["model_spec"]["version"]) == (200, "3")


def test_a_label_moves(target, base_path):
    reload(target, model_config(MODEL_NAME, base_path, versions=[3, 4], labels={"stable": 4}))
    assert target.post("predict", {"instances": [1]}, "/labels/stable") == (200, {"predictions": [4]})
    answer = refusal(target.prediction.Predict, predict_request(MODEL_NAME, label="canary"))
    assert answer == ("INVALID_ARGUMENT", "Unrecognized servable version label: canary")


def test_a_label_does_not_move_to_a_version_that_is_not_there(target, base_path):
    wanted = reload_request(model_config(MODEL_NAME, base_path, versions=[3, 4], labels={"stable": 9}))
    assert refusal(target.model.HandleReloadConfigRequest, wanted)[0] == "FAILED_PRECONDITION"
    assert target.post("predict", {"instances": [1]}, "/labels/stable") == (200, {"predictions": [3]})

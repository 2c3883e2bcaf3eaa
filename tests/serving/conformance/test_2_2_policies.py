"""Facts 2.2: version policies."""

import pytest

from tests.serving.conformance.conformance_model import MODEL_NAME
from tests.serving.conformance.requests import model_config, predict_request, reload_request
from tests.serving.conformance.target import SECONDS, wait_until

pytestmark = pytest.mark.own_server


@pytest.fixture
def base_path(tmp_path, publish):
    for version in (3, 4, 5):
        publish(tmp_path / "base", version)
    return tmp_path / "base"


@pytest.fixture
def target(start, base_path):
    return start(base_path)


def available(target):
    return [version for version, state, _ in target.states() if state == "AVAILABLE"]


def reload(target, config):
    target.model.HandleReloadConfigRequest(reload_request(config), timeout=SECONDS)


def test_the_latest_one_is_the_default(target):
    assert available(target) == [5]


def test_the_latest_two(target, base_path):
    config = model_config(MODEL_NAME, base_path)
    config.model_version_policy.latest.num_versions = 2
    reload(target, config)
    wait_until(lambda: available(target) == [5, 4])


def test_all(target, base_path):
    config = model_config(MODEL_NAME, base_path)
    config.model_version_policy.all.SetInParent()
    reload(target, config)
    wait_until(lambda: available(target) == [5, 4, 3])
    for version in (3, 4, 5):
        answer = target.prediction.Predict(predict_request(MODEL_NAME, version=version), timeout=SECONDS)
        assert list(answer.outputs["y"].float_val) == [version, 2 * version]


def test_specific_ones_of_which_one_is_not_there(target, base_path):
    reload(target, model_config(MODEL_NAME, base_path, versions=[3, 9]))
    wait_until(lambda: available(target) == [3])

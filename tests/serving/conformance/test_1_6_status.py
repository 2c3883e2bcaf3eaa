"""Facts 1.6: gRPC GetModelStatus."""

import pytest
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus

from tests.serving.conformance.requests import with_spec
from tests.serving.conformance.target import SECONDS, refusal, wait_until


def states(target, **spec):
    request = with_spec(GetModelStatusRequest(), target.model_name, **spec)
    answer = target.model.GetModelStatus(request, timeout=SECONDS)
    return [(status.version, status.state, status.status.error_code) for status in answer.model_version_status]


def test_every_version_or_one(target):
    assert states(target) == [(3, ModelVersionStatus.AVAILABLE, 0)]
    assert states(target, version=3) == [(3, ModelVersionStatus.AVAILABLE, 0)]


def test_a_label_is_not_looked_at(target):
    assert states(target, label="unknown") == [(3, ModelVersionStatus.AVAILABLE, 0)]


@pytest.mark.parametrize(
    ("name", "version", "text"),
    [
        ("MODEL", 9, "Could not find version 9 of model MODEL"),
        ("unknown", None, "Could not find any versions of model unknown"),
        ("unknown", 3, "Could not find version 3 of model unknown"),
        ("", None, "Could not find any versions of model "),
    ],
    ids=["version", "model", "both", "no name"],
)
def test_what_was_never_seen(target, name, version, text):
    request = with_spec(GetModelStatusRequest(), name.replace("MODEL", target.model_name), version=version)
    answer = refusal(target.model.GetModelStatus, request)
    assert answer == ("NOT_FOUND", text.replace("MODEL", target.model_name))


@pytest.mark.own_server
def test_newest_first_and_ended_versions_stay_listed(start, publish, tmp_path):
    publish(tmp_path / "base", 3)
    target = start(tmp_path / "base")
    publish(tmp_path / "base", 10)
    wait_until(lambda: target.states() == [(10, "AVAILABLE", 0), (3, "END", 0)])

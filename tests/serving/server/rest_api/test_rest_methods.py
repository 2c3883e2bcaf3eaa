import gc
import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus
from tensorflow_serving.apis.model_pb2 import ModelSpec

from serving.server.errors import ServingError
from serving.server.models.failed_loads import RetryPolicy
from serving.server.models.model_config import ModelSource
from serving.server.models.model_loader import ModelLoader
from serving.server.models.model_manager import ModelManager
from serving.server.models.signature import Signature
from serving.server.rest_api.json_text import error_body
from serving.server.rest_api.rest_methods import INQUIRIES, READERS
from serving.server.rest_api.rest_path import parse_call
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def manager(tmp_path_factory, exported_models):
    path = tmp_path_factory.mktemp("base")
    (path / "2").symlink_to(exported_models[2])
    manager = ModelManager(ModelLoader(), RetryPolicy())
    manager.reload([ModelSource("quickdraw", path)])
    manager.poll()
    return manager


def answer(manager, call, body):
    if call.method in READERS:
        return READERS[call.method](manager, call.spec, body).answer()
    return INQUIRIES[call.method](manager, call.spec)


def ask(manager, verb, path, document=None):
    return json.loads(answer(manager, parse_call(verb, path), json.dumps(document).encode()))


def test_classify(manager):
    document = {"signature_name": "classify", "examples": [{"drawing": DRAWING}, {"drawing": "bad"}]}
    assert ask(manager, "POST", "/v1/models/quickdraw:classify", document) == {
        "results": [[["ant", 2.0], ["alarm_clock", 0.4], ["angel", 0.2]], [["", 0.0]] * 3]
    }


def test_regress_with_a_context(manager):
    document = {"signature_name": "regress", "context": {"ink": 0.35}, "examples": [{}, {"ink": [0.1]}]}
    assert ask(manager, "POST", "/v1/models/quickdraw/versions/2:regress", document) == {"results": [0.7, 0.2]}


def test_metadata(manager):
    answered = ask(manager, "GET", "/v1/models/quickdraw/metadata")
    assert answered["model_spec"] == {"name": "quickdraw", "signature_name": "", "version": "2"}
    assert answered["metadata"]["signature_def"]["signature_def"]["regress"] == {
        "inputs": {
            "inputs": {
                "dtype": "DT_STRING",
                "tensor_shape": {"dim": [{"size": "-1", "name": ""}], "unknown_rank": False},
                "name": "regress_inputs:0",
            }
        },
        "outputs": {
            "outputs": {
                "dtype": "DT_FLOAT",
                "tensor_shape": {"dim": [{"size": "-1", "name": ""}], "unknown_rank": False},
                "name": answered["metadata"]["signature_def"]["signature_def"]["regress"]["outputs"]["outputs"]["name"],
            }
        },
        "method_name": "tensorflow/serving/predict",
        "defaults": {},
    }


@pytest.mark.parametrize("method", ["predict", "classify", "regress"])
def test_the_body_is_read_before_the_model_is_looked_up(manager, method):
    call = parse_call("POST", f"/v1/models/x:{method}")
    with pytest.raises(ServingError, match="INVALID_ARGUMENT: JSON Parse error"):
        answer(manager, call, b"")
    with pytest.raises(ServingError, match=r"(?s)INVALID_ARGUMENT: .*must be a string value"):
        answer(manager, call, b'{"signature_name": 1}')
    with pytest.raises(ServingError, match=r"NOT_FOUND: Servable not found for request: Latest\(x\)"):
        answer(manager, call, b'{"instances": ["a"], "examples": [{}]}')


@pytest.mark.parametrize("method", ["classify", "regress"])
def test_an_unknown_signature(manager, method):
    with pytest.raises(ServingError, match="INVALID_ARGUMENT: No signature was found with the name: x"):
        ask(manager, "POST", f"/v1/models/quickdraw:{method}", {"signature_name": "x", "examples": [{}]})


def test_a_version_is_held_until_its_answer_is_made(base_path, monkeypatch):
    manager = ModelManager(ModelLoader(), RetryPolicy())
    manager.reload([ModelSource("quickdraw", base_path)])
    manager.poll()
    states, run = [], Signature.run

    def run_after_the_version_is_gone(*arguments):
        shutil.rmtree(base_path / "1")
        manager.poll()
        gc.collect()
        states.append(manager.status(ModelSpec(name="quickdraw")).model_version_status[0].state)
        return run(*arguments)

    monkeypatch.setattr(Signature, "run", run_after_the_version_is_gone)
    answered = ask(manager, "POST", "/v1/models/quickdraw:predict", {"instances": [DRAWING]})
    assert answered["predictions"][0]["words"] == ["ant", "alarm_clock", "angel"]
    assert states == [ModelVersionStatus.UNLOADING]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([DRAWING, 10**400, "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["b64", "drawing", "a", "b", "inputs", "\ud800"]), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(["instances", "inputs", "examples", "context", "x"])
SIGNATURES = st.sampled_from(["serving_default", "add", "classify", "regress", "\ud800", 1])
DOCUMENTS = st.builds(lambda values, name: values | {"signature_name": name}, st.dictionaries(KEYS, VALUES), SIGNATURES)


@given(st.sampled_from(["predict", "classify", "regress"]), DOCUMENTS.map(json.dumps).map(str.encode) | st.binary())
def test_any_body_is_answered_or_refused_with_a_reason(manager, method, body):
    try:
        answered = answer(manager, parse_call("POST", f"/v1/models/quickdraw:{method}"), body)
    except ServingError as error:
        assert error.http_status in (400, 501)
        assert json.loads(error_body(error.message))["error"]
    else:
        assert json.loads(answered)

import numpy as np
import pytest

from serving.server.errors import ServingError
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def model(exported_models):
    return load_model(Version(1, exported_models[1]))


@pytest.fixture(scope="module")
def serving_default(model):
    return model.signature("serving_default")


@pytest.fixture(scope="module")
def add(model):
    return model.signature("add")


def test_its_aliases(serving_default):
    assert list(serving_default.inputs) == ["drawing"]
    assert list(serving_default.outputs) == ["probabilities", "scores", "words"]


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (
            ["x", "drawing"],
            "input size does not match signature: 2!=1 len({drawing,x}) != len({drawing}). "
            "Sent extra: {x}. Missing but required: {}.",
        ),
        (
            [],
            "input size does not match signature: 0!=1 len({}) != len({drawing}). "
            "Sent extra: {}. Missing but required: {drawing}.",
        ),
        (
            ["picture"],
            "Signature input alias: drawing(feed name: serving_default_drawing:0) not found in request and no default "
            "value provided. Inputs expected to be in the request {drawing}.",
        ),
    ],
)
def test_wrong_input_aliases(serving_default, sent, text):
    with pytest.raises(ServingError) as caught:
        serving_default.check_input_aliases(sent)
    assert str(caught.value) == f"INVALID_ARGUMENT: {text}"


def test_output_filter(serving_default):
    assert serving_default.select_outputs([]) == ["probabilities", "scores", "words"]
    assert serving_default.select_outputs(["words"]) == ["words"]


@pytest.mark.parametrize(
    ("output_filter", "text"),
    [
        (
            ["x"],
            "output tensor alias not found in signature: x "
            "Outputs expected to be in the set {probabilities,scores,words}.",
        ),
        (["words", "words"], "duplicate output tensor alias: words"),
    ],
)
def test_wrong_output_filter(serving_default, output_filter, text):
    with pytest.raises(ServingError) as caught:
        serving_default.select_outputs(output_filter)
    assert str(caught.value) == f"INVALID_ARGUMENT: {text}"


def test_runs_with_the_outputs_asked_for(serving_default):
    outputs = serving_default.run({"drawing": np.array([DRAWING.encode(), b"bad"], object)}, ["words"])
    assert list(outputs) == ["words"]
    assert outputs["words"].tolist() == [[b"ant", b"alarm_clock", b"angel"], [b"", b"", b""]]


def test_no_rows(serving_default):
    outputs = serving_default.run({"drawing": np.empty(0, object)}, ["scores"])
    assert outputs["scores"].shape == (0, 3)


@pytest.mark.parametrize(
    ("a", "text"),
    [
        (np.zeros((1, 2), np.int32), "Expects arg[0] to be float but int32 is provided"),
        (np.array([[b"x", b"y"]], object), "Expects arg[0] to be float but string is provided"),
        (np.zeros((1, 3), np.float32), "Incompatible shapes: [1,3] vs. [1,2]"),
    ],
    ids=["int32", "string", "shape"],
)
def test_what_the_runtime_refuses(add, a, text):
    with pytest.raises(ServingError) as caught:
        add.run({"a": a, "b": np.zeros((1, 2), np.float32)}, ["sum"])
    assert str(caught.value).startswith(f"INVALID_ARGUMENT: {text}")
    assert "[Op:" not in str(caught.value)


def test_a_shape_that_the_kernels_accept_is_answered(add):
    outputs = add.run({"a": np.ones(2, np.float32), "b": np.ones((3, 2), np.float32)}, ["sum"])
    assert outputs["sum"].shape == (3, 2)

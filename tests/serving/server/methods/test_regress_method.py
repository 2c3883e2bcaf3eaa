import numpy as np
import pytest
from tensorflow.core.protobuf.meta_graph_pb2 import SignatureDef
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from serving.server.errors import ServingError
from serving.server.methods.regress_method import read_regression_request, regression_outputs, regression_result
from serving.server.models.loaded_model import load_model
from serving.server.models.signature import Signature
from serving.server.models.versions import Version
from tests.serving.examples import drawing_example, ink_example, input_of


@pytest.fixture(scope="module")
def model(exported_models):
    return load_model(Version(2, exported_models[2]))


def test_gives_every_example_a_number(model):
    request = RegressionRequest(input=input_of(ink_example(1.5), drawing_example()))
    request.model_spec.name = "quickdraw"
    request.model_spec.signature_name = "regress"
    response = read_regression_request(model, request).answer()
    assert [regression.value for regression in response.result.regressions] == [3.0, 0.0]
    spec = response.model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == ("quickdraw", 2, "regress")


def test_the_first_failing_check_wins(model):
    request = RegressionRequest()

    def refusal(signature_name):
        request.model_spec.signature_name = signature_name
        with pytest.raises(ServingError) as caught:
            read_regression_request(model, request).answer()
        return str(caught.value)

    assert refusal("x") == "INVALID_ARGUMENT: No signature was found with the name: x"
    assert refusal("add") == "INVALID_ARGUMENT: Expected one input Tensor."
    assert refusal("classify") == "INVALID_ARGUMENT: Expected one output Tensor."
    assert refusal("regress") == "INVALID_ARGUMENT: Input is empty."


@pytest.mark.parametrize(
    ("alias", "output", "text"),
    [("x", "outputs", "No regression inputs found"), ("inputs", "x", "No regression outputs found")],
)
def test_signatures_with_other_names(alias, output, text):
    definition = SignatureDef()
    definition.inputs[alias].name = definition.outputs[output].name = "t:0"
    with pytest.raises(ServingError, match=f"INVALID_ARGUMENT: {text} in SignatureDef: inputs"):
        regression_outputs(Signature(definition, dict))


@pytest.mark.parametrize("values", [[0.5, 2.0], [[0.5], [2.0]]])
def test_one_number_an_example(values):
    result = regression_result(np.array(values, np.float32), 2)
    assert [regression.value for regression in result.regressions] == [0.5, 2.0]


@pytest.mark.parametrize(
    ("array", "text"),
    [
        (np.zeros((2, 2), np.float32), "Expected output Tensor shape to be either .* but got \\[2,2\\]"),
        (np.zeros((), np.float32), "Expected output Tensor shape to be either .* but got \\[\\]"),
        (np.zeros(3, np.float32), "Input batch size did not match output batch size: 2 vs. 3"),
        (np.zeros(2, np.int64), "Expected output Tensor of DT_FLOAT. Got: DT_INT64"),
    ],
    ids=lambda value: "",
)
def test_outputs_that_are_no_regression(array, text):
    with pytest.raises(ServingError, match=f"INVALID_ARGUMENT: {text}"):
        regression_result(array, 2)

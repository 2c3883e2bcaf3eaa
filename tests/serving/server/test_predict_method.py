import pytest
import tensorflow as tf
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from serving.server.errors import ServingError
from serving.server.loaded_model import load_model
from serving.server.predict_method import predict
from serving.server.versions import Version
from tests.serving.tiny_model import DRAWING


@pytest.fixture(scope="module")
def model(exported_models):
    return load_model(Version(1, exported_models[1]))


def request(**inputs):
    message = PredictRequest()
    message.model_spec.name = "quickdraw"
    for alias, value in inputs.items():
        message.inputs[alias].CopyFrom(tf.make_tensor_proto(value))
    return message


def test_answers_with_typed_fields_and_the_version_that_computed(model):
    response = predict(model, request(drawing=[DRAWING]))
    assert list(response.outputs["words"].string_val) == [b"ant", b"alarm_clock", b"angel"]
    assert list(response.outputs["scores"].float_val) == pytest.approx([1.0, 0.2, 0.1])
    assert all(not tensor.tensor_content for tensor in response.outputs.values())
    assert (response.model_spec.name, response.model_spec.version.value) == ("quickdraw", 1)
    assert response.model_spec.signature_name == "serving_default"


def test_the_first_failing_check_wins(model):
    wrong = request(x=[DRAWING])
    wrong.inputs["drawing"].dtype = 0
    wrong.model_spec.signature_name = "x"
    wrong.output_filter.append("x")

    def refusal():
        with pytest.raises(ServingError) as caught:
            predict(model, wrong)
        return str(caught.value)

    assert refusal() == 'FAILED_PRECONDITION: Serving signature key "x" not found.'
    wrong.model_spec.signature_name = ""
    assert refusal().startswith("INVALID_ARGUMENT: input size does not match signature: 2!=1")
    del wrong.inputs["x"]
    assert refusal() == "INVALID_ARGUMENT: tensor parsing error: drawing"
    wrong.inputs["drawing"].CopyFrom(tf.make_tensor_proto([1]))
    assert refusal().startswith("INVALID_ARGUMENT: output tensor alias not found in signature: x")
    del wrong.output_filter[:]
    assert refusal() == "INVALID_ARGUMENT: Expects arg[0] to be string but int32 is provided"

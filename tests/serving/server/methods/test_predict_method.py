import grpc
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow.core.framework.types_pb2 import DT_BOOL, DT_DOUBLE, DT_FLOAT, DT_HALF, DT_INVALID, DT_STRING
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from serving.server.errors import ServingError
from serving.server.methods.predict_method import read_predict_request
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version
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
    response = read_predict_request(model, request(drawing=[DRAWING])).answer()
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
            read_predict_request(model, wrong).answer()
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


@st.composite
def tensors(draw):
    """Tensors of every kind of shape, with too few and too many values, mostly of types that the signatures take."""
    message = TensorProto(
        dtype=draw(st.sampled_from([DT_STRING, DT_FLOAT] * 3 + [DT_INVALID, DT_HALF, DT_BOOL, DT_DOUBLE]))
    )
    for size in draw(st.lists(st.sampled_from([0, 1, 2, 2, 3, -1, 2**40]), max_size=4)):
        message.tensor_shape.dim.add(size=size)
    message.tensor_shape.unknown_rank = draw(st.sampled_from([False] * 9 + [True]))
    message.float_val.extend(draw(st.lists(st.floats(width=32), max_size=5)))
    message.string_val.extend(
        draw(st.lists(st.sampled_from([DRAWING.encode(), b"\xff", b""]) | st.binary(), max_size=3))
    )
    message.tensor_content = draw(st.just(b"") | st.binary(max_size=16))
    return message


@given(
    st.sampled_from(["", "add", "classify", "regress", "x"]),
    st.dictionaries(st.sampled_from(["drawing", "a", "b", "inputs"]), tensors(), max_size=2),
    st.lists(st.sampled_from(["words", "sum", "total", "classes", "x"]), max_size=2),
)
def test_any_request_is_answered_or_refused_with_a_reason(model, signature_name, inputs, output_filter):
    message = PredictRequest(output_filter=output_filter)
    message.model_spec.signature_name = signature_name
    for alias, tensor in inputs.items():
        message.inputs[alias].CopyFrom(tensor)
    try:
        assert read_predict_request(model, message).answer().outputs
    except ServingError as error:
        assert error.message
        assert error.code in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION)

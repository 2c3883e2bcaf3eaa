import grpc
import pytest
import tensorflow as tf
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from tests.serving.tiny_model import DRAWING


def request(drawings=(DRAWING,), name="quickdraw"):
    message = PredictRequest()
    message.model_spec.name = name
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto(list(drawings), tf.string))
    return message


def refusal(call, message):
    with pytest.raises(grpc.RpcError) as caught:
        call(message, timeout=10)
    return caught.value.code().name, caught.value.details()


def test_a_drawing_and_what_is_none(server):
    response = server.prediction.Predict(request([DRAWING, "bad"]), timeout=10)
    assert list(response.outputs["words"].string_val) == [b"ant", b"alarm_clock", b"angel", b"", b"", b""]
    assert list(response.outputs["scores"].float_val) == pytest.approx([1.0, 0.2, 0.1, 0, 0, 0])
    assert response.model_spec.version.value == 1
    assert response.model_spec.WhichOneof("version_choice") == "version"


def test_typed_inputs_too_few_and_too_many(server):
    message = request()
    tensor = message.inputs["drawing"]
    tensor.tensor_shape.dim[0].size = 2
    assert len(server.prediction.Predict(message, timeout=10).outputs["words"].string_val) == 6
    tensor.string_val.extend([b"surplus", b"surplus"])
    assert list(server.prediction.Predict(message, timeout=10).outputs["words"].string_val[3:]) == [b"", b"", b""]


def test_no_rows(server):
    response = server.prediction.Predict(request([]), timeout=10)
    assert [dim.size for dim in response.outputs["words"].tensor_shape.dim] == [0, 3]


def test_answers_only_the_filtered_outputs(server):
    message = request()
    message.output_filter.append("scores")
    assert list(server.prediction.Predict(message, timeout=10).outputs) == ["scores"]


def no_spec(message):
    message.ClearField("model_spec")


def empty_name(message):
    message.model_spec.name = ""


def unknown_model(message):
    message.model_spec.name = "x"


def unknown_version(message):
    message.model_spec.version.value = 9


def label(message):
    message.model_spec.version_label = "stable"


def unknown_signature(message):
    message.model_spec.signature_name = "x"


def surplus_input(message):
    message.inputs["x"].CopyFrom(message.inputs["drawing"])


def unreadable_tensor(message):
    message.inputs["drawing"].dtype = 0


def unknown_output(message):
    message.output_filter.append("x")


def wrong_type(message):
    message.inputs["drawing"].CopyFrom(tf.make_tensor_proto([1.0]))


@pytest.mark.parametrize(
    ("change", "code", "text"),
    [
        (no_spec, "INVALID_ARGUMENT", "Missing ModelSpec"),
        (empty_name, "INVALID_ARGUMENT", "ModelSpec has no name specified."),
        (unknown_model, "NOT_FOUND", "Servable not found for request: Latest(x)"),
        (unknown_version, "NOT_FOUND", "Servable not found for request: Specific(quickdraw, 9)"),
        (label, "INVALID_ARGUMENT", "Unrecognized servable version label: stable"),
        (unknown_signature, "FAILED_PRECONDITION", 'Serving signature key "x" not found.'),
        (surplus_input, "INVALID_ARGUMENT", "input size does not match signature: 2!=1"),
        (unreadable_tensor, "INVALID_ARGUMENT", "tensor parsing error: drawing"),
        (unknown_output, "INVALID_ARGUMENT", "output tensor alias not found in signature: x"),
        (wrong_type, "INVALID_ARGUMENT", "Expects arg[0] to be string but float is provided"),
    ],
)
def test_wrong_requests(server, change, code, text):
    message = request()
    change(message)
    answered_code, answered_text = refusal(server.prediction.Predict, message)
    assert answered_code == code
    assert answered_text.startswith(text)


def test_a_long_error_text_is_cut(server):
    _, text = refusal(server.prediction.Predict, request(name="x" * 2000))
    assert len(text) == 1024 + len("...TRUNCATED")
    assert text.endswith("x...TRUNCATED")


@pytest.mark.parametrize(
    ("service", "method", "message"),
    [
        ("prediction", "Classify", ClassificationRequest()),
        ("prediction", "Regress", RegressionRequest()),
        ("prediction", "MultiInference", MultiInferenceRequest()),
        ("prediction", "GetModelMetadata", GetModelMetadataRequest()),
    ],
)
def test_methods_that_are_not_built_say_so(server, caplog, service, method, message):
    answer = refusal(getattr(getattr(server, service), method), message)
    assert answer == ("UNIMPLEMENTED", "Method not implemented!")
    assert not [record for record in caplog.records if record.exc_info]


def test_a_large_request_is_taken(server):
    response = server.prediction.Predict(request(["x" * 6_000_000]), timeout=30)
    assert response.outputs["words"].string_val[0] == b""

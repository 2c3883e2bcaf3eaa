import os
import threading
import time
import urllib.request

import grpc
import pytest
import tensorflow as tf
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from serving.server.config import ServerConfig
from serving.server.models.signature import Signature
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.examples import drawing_example, ink_example, input_of
from tests.serving.running_server import running_server
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


def with_spec(message, signature_name):
    message.model_spec.name = "quickdraw"
    message.model_spec.signature_name = signature_name
    return message


def test_classify_and_regress(server):
    message = with_spec(ClassificationRequest(input=input_of(drawing_example())), "classify")
    (row,) = server.prediction.Classify(message, timeout=10).result.classifications
    assert [each.label for each in row.classes] == ["ant", "alarm_clock", "angel"]
    message = with_spec(RegressionRequest(input=input_of(ink_example(0.5))), "regress")
    assert server.prediction.Regress(message, timeout=10).result.regressions[0].value == 0.5


def test_multi_inference(server):
    message = MultiInferenceRequest(input=input_of(ink_example(0.5)))
    assert refusal(server.prediction.MultiInference, message) == (
        "INVALID_ARGUMENT",
        "ModelSpec has no name specified.",
    )
    with_spec(message.tasks.add(method_name="tensorflow/serving/regress"), "regress")
    (result,) = server.prediction.MultiInference(message, timeout=10).results
    assert result.regression_result.regressions[0].value == 0.5


def test_metadata(server):
    message = GetModelMetadataRequest()
    call = server.prediction.GetModelMetadata
    assert refusal(call, message) == ("INVALID_ARGUMENT", "Missing ModelSpec")
    message.model_spec.name = "x"
    assert refusal(call, message)[1] == "GetModelMetadataRequest must specify at least one metadata_field"
    message.metadata_field.append("signature_def")
    assert refusal(call, message) == ("NOT_FOUND", "Servable not found for request: Latest(x)")
    message.model_spec.name = "quickdraw"
    assert list(call(message, timeout=10).metadata) == ["signature_def"]


@pytest.mark.parametrize(
    ("method", "message"), [("Classify", ClassificationRequest()), ("Regress", RegressionRequest())]
)
def test_a_request_without_spec(server, method, message):
    assert refusal(getattr(server.prediction, method), message) == ("INVALID_ARGUMENT", "Missing ModelSpec")


def test_a_large_request_is_taken(server):
    response = server.prediction.Predict(request(["x" * 6_000_000]), timeout=30)
    assert response.outputs["words"].string_val[0] == b""


@pytest.fixture
def busy(base_path, monkeypatch):
    """A server all of whose threads compute until they are released, and the inputs of what was computed."""
    computed, release = [], threading.Event()

    run = Signature.run

    def slow_run(signature, inputs, output_aliases):
        computed.append(inputs["drawing"][0])
        release.wait(10)
        return run(signature, inputs, output_aliases)

    monkeypatch.setattr(Signature, "run", slow_run)
    with running_server(ServerConfig(base_path, rest=RestSettings(prometheus_path="/metrics"))) as running:
        threads = os.cpu_count()
        calls = [running.prediction.Predict.future(request(["busy"]), timeout=30) for _ in range(threads)]
        while len(computed) < threads:
            time.sleep(0.01)
        yield running, computed, release
        release.set()
        assert all(call.result() for call in calls)


def test_a_request_whose_deadline_passed_or_whose_client_left_is_not_computed(busy):
    running, computed, release = busy
    late = running.prediction.Predict.future(request(["late"]), timeout=0.2)
    assert late.code().name == "DEADLINE_EXCEEDED"
    left = running.prediction.Predict.future(request(["left"]), timeout=30)
    time.sleep(0.2)
    left.cancel()
    time.sleep(0.2)  # until the server has heard of it
    release.set()
    assert running.prediction.Predict(request(["next"]), timeout=10)
    assert set(computed) == {b"busy", b"next"}
    page = urllib.request.urlopen(f"{running.rest_url}/metrics").read().decode()
    for status in ("DEADLINE_EXCEEDED", "CANCELLED"):
        assert f':tensorflow:serving:request_count{{model_name="quickdraw",status="{status}"}} 1' in page

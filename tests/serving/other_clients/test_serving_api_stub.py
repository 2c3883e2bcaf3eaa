"""The stub of `tensorflow-serving-api`, used as TensorFlow Serving's tutorials use it, without code of ours."""

import sys

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

from tests.conftest import REPOSITORY
from tests.serving.other_clients.conftest import run
from tests.serving.tiny_model import DRAWING

EXAMPLE = REPOSITORY / "serving/client/examples/predict_with_stub.py"


@pytest.fixture(scope="module")
def stub(server):
    with grpc.insecure_channel(server.target) as channel:
        yield prediction_service_pb2_grpc.PredictionServiceStub(channel)


def request_for(signature_name, **inputs):
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "quickdraw"
    request.model_spec.signature_name = signature_name
    for name, value in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(value))
    return request


def test_the_example(server, tmp_path):
    asked = run(sys.executable, str(EXAMPLE), server.target, DRAWING, "no drawing", cwd=tmp_path)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout == "ant 1.00  alarm_clock 0.20  angel 0.10\n 0.00   0.00   0.00\n"


def test_strings(stub):
    response = stub.Predict(request_for("serving_default", drawing=[DRAWING] * 2), 10.0)
    words = tf.make_ndarray(response.outputs["words"])
    assert words.tolist() == [[b"ant", b"alarm_clock", b"angel"]] * 2
    assert tf.make_ndarray(response.outputs["scores"]).dtype == np.float32


def test_numbers_packed_by_make_tensor_proto(stub):
    """An array with more than one element goes as `tensor_content`, one without as `float_val`."""
    a = np.array([[1, 2], [3, 4]], np.float32)
    response = stub.Predict(request_for("add", a=a, b=10 * a), 10.0)
    np.testing.assert_array_equal(tf.make_ndarray(response.outputs["sum"]), 11 * a)
    assert tf.make_ndarray(response.outputs["total"]) == 110


def test_results_of_futures(stub):
    """The tutorial's client keeps several requests on their way, with callbacks."""
    futures = [stub.Predict.future(request_for("serving_default", drawing=[DRAWING] * n), 10.0) for n in range(1, 30)]
    assert [len(future.result().outputs["scores"].float_val) for future in futures] == [3 * n for n in range(1, 30)]


def test_an_error(stub):
    with pytest.raises(grpc.RpcError) as raised:
        stub.Predict(request_for("gone", drawing=[DRAWING]), 10.0)
    assert raised.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert raised.value.details() == 'Serving signature key "gone" not found.'

from types import SimpleNamespace

import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from serving.server.errors import ServingError
from serving.server.models import warmup
from serving.server.models.loaded_model import load_model
from serving.server.models.versions import Version
from serving.server.models.warmup import has_warmup_requests, warm_up
from tests.serving.tiny_model import DRAWING


@pytest.fixture
def version(base_path):
    return Version(1, base_path / "1")


@pytest.fixture
def model(version):
    return load_model(version)


def write(version, logs):
    file = version.path / "assets.extra" / "tf_serving_warmup_requests"
    file.parent.mkdir()
    with tf.io.TFRecordWriter(str(file)) as writer:
        for log in logs:
            writer.write(log.SerializeToString())


def predict_log(value):
    log = PredictionLog()
    log.predict_log.request.inputs["drawing"].CopyFrom(tf.make_tensor_proto(value))
    return log


def test_a_version_without_requests(version):
    assert not has_warmup_requests(version)
    write(version, [])
    assert has_warmup_requests(version)


def classify_log():
    log = PredictionLog()
    log.classify_log.request.model_spec.signature_name = "classify"
    log.classify_log.request.input.example_list.examples.add()
    return log


def regress_log():
    log = PredictionLog()
    log.regress_log.request.model_spec.signature_name = "regress"
    log.regress_log.request.input.example_list.examples.add()
    return log


def multi_inference_log():
    log = PredictionLog()
    request = log.multi_inference_log.request
    request.input.example_list.examples.add()
    task = request.tasks.add(method_name="tensorflow/serving/regress")
    task.model_spec.name = "any"
    task.model_spec.signature_name = "regress"
    return log


def recording(read, answers):
    """A reader of the same requests, which also writes down what they are answered."""

    def read_request(*arguments):
        call = read(*arguments)
        return SimpleNamespace(answer=lambda: answers.append(call.answer()))

    return read_request


def test_every_request_is_run(model, version, monkeypatch):
    answers = []
    for log_type, read in list(warmup.READERS.items()):
        monkeypatch.setitem(warmup.READERS, log_type, recording(read, answers))
    logs = [predict_log([DRAWING]), PredictionLog(), classify_log(), regress_log(), multi_inference_log()]
    write(version, [*logs, predict_log(["bad"])])

    warm_up(model, version)

    names = ["PredictResponse", "ClassificationResponse", "RegressionResponse", "MultiInferenceResponse"]
    assert [type(answer).__name__ for answer in answers] == [*names, "PredictResponse"]
    assert answers[-1].outputs["words"].string_val[0] == b""


def test_a_failing_request_fails_the_version(model, version):
    write(version, [predict_log([1.0])])
    with pytest.raises(ServingError, match="Expects arg"):
        warm_up(model, version)


def test_session_requests_fail_the_version(model, version):
    log = PredictionLog()
    log.session_run_log.request.model_spec.name = "quickdraw"
    write(version, [log])
    with pytest.raises(ServingError, match="UNIMPLEMENTED: Unsupported log_type for warmup: session_run_log"):
        warm_up(model, version)


def test_a_thousand_requests_are_the_most(model, version):
    write(version, [PredictionLog()] * 1000)
    warm_up(model, version)
    (version.path / "assets.extra" / "tf_serving_warmup_requests").unlink()
    (version.path / "assets.extra").rmdir()
    write(version, [PredictionLog()] * 1001)
    with pytest.raises(ServingError, match="INVALID_ARGUMENT: Number of warmup records"):
        warm_up(model, version)


def test_a_file_that_is_no_tfrecord_fails_the_version(model, version):
    (version.path / "assets.extra").mkdir()
    (version.path / "assets.extra" / "tf_serving_warmup_requests").write_bytes(b"not a TFRecord file, surely not one")
    with pytest.raises(tf.errors.DataLossError):
        warm_up(model, version)

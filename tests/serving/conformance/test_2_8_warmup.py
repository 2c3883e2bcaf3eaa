"""Facts 2.8: warm-up requests."""

import grpc
import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from serving.server.models.failed_loads import RetryPolicy
from tests.serving.conformance.requests import input_of, predict_request, tensor, with_spec
from tests.serving.conformance.target import wait_until

INVALID_ARGUMENT, UNIMPLEMENTED, DATA_LOSS = (
    code.value[0]
    for code in (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNIMPLEMENTED, grpc.StatusCode.DATA_LOSS)
)
pytestmark = pytest.mark.own_server


def predict_log(**inputs):
    log = PredictionLog()
    log.predict_log.request.CopyFrom(predict_request("another name", version=99, **inputs))
    return log


def example_logs():
    classified, regressed, both = PredictionLog(), PredictionLog(), PredictionLog()
    for log, name in ((classified.classify_log, "classify"), (regressed.regress_log, "regress")):
        with_spec(log.request, "any", name).input.CopyFrom(input_of(1))
    request = both.multi_inference_log.request
    request.input.CopyFrom(input_of(1))
    with_spec(request.tasks.add(method_name="tensorflow/serving/regress"), "any", "regress")
    return [classified, regressed, both]


def session_log():
    log = PredictionLog()
    log.session_run_log.SetInParent()
    return log


def bad_example_log():
    log = PredictionLog()
    with_spec(log.classify_log.request, "any", "unknown").input.CopyFrom(input_of(1))
    return log


@pytest.fixture
def state_of(start, publish, tmp_path):
    """A function that publishes version 4 with a warm-up file and returns its state and error code in the end."""

    def state(content):
        publish(tmp_path / "base", 3)
        target = start(tmp_path / "base", retries=RetryPolicy(most_retries=0))
        version = publish(tmp_path / "base", 4, "4.tmp")
        file = version / "assets.extra" / "tf_serving_warmup_requests"
        file.parent.mkdir()
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            write_records(file, content)
        version.rename(tmp_path / "base" / "4")
        wait_until(lambda: target.states()[0][:2] in [(4, "AVAILABLE"), (4, "END")])
        return target.states()[0][1:]

    return state


def write_records(file, logs):
    with tf.io.TFRecordWriter(str(file)) as writer:
        for log in logs:
            writer.write(log.SerializeToString())


def test_every_kind_of_request_is_run_whatever_model_and_version_it_names(state_of):
    assert state_of([predict_log(), *example_logs(), PredictionLog()]) == ("AVAILABLE", 0)


@pytest.mark.parametrize(
    ("logs", "code"),
    [
        ([predict_log(), predict_log(x=tensor(0))], INVALID_ARGUMENT),
        ([bad_example_log()], INVALID_ARGUMENT),
        ([session_log()], UNIMPLEMENTED),
        ([PredictionLog()] * 1001, INVALID_ARGUMENT),
        (b"surely no file of records, this one", DATA_LOSS),
    ],
    ids=["bad tensor", "unknown signature", "session", "too many", "no records"],
)
def test_a_failing_request_fails_the_load(state_of, logs, code):
    assert state_of(logs) == ("END", code)

"""Facts 3: what batching refuses."""

import pytest
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.conformance.batches import ONE_THREAD, UNTIL_FULL, batch_request, held, sizes, together
from tests.serving.conformance.conformance_model import MODEL_NAME
from tests.serving.conformance.requests import predict_request, tensor, with_spec
from tests.serving.conformance.target import SECONDS, refusal, wait_until

SPLITTING = "enable_large_batch_splitting { value: true } max_execution_batch_size { value: 1 }"
FULL = "The batch scheduling queue to which this task was submitted is full; "
own_server = pytest.mark.own_server


def rows(*shape):
    return tensor(shape=shape, float_val=[1])


def rectangle(*shape):
    return predict_request(MODEL_NAME, "rectangle", x=rows(*shape))


@own_server
def test_a_request_larger_than_a_batch(start_batching):
    target = start_batching("max_batch_size { value: 2 }")
    assert refusal(target.prediction.Predict, rectangle(3, 1)) == (
        "INVALID_ARGUMENT",
        "Task size 3 is larger than maximum input batch size 2",
    )
    status, answer = target.post("predict", {"signature_name": "rectangle", "instances": [[1], [1], [1]]})
    assert (status, answer) == (400, {"error": "Task size 3 is larger than maximum input batch size 2"})


@own_server
def test_a_full_queue_refuses_at_once_and_takes_requests_again(start_batching):
    one_at_a_time = "max_batch_size { value: 1 } max_enqueued_batches { value: 1 }"
    target = start_batching(f"{one_at_a_time} {ONE_THREAD}")
    text = f"{FULL}currently 1 batches enqueued and max_enqueued_batches is 1"
    with held(target) as (first,):
        waiting = target.prediction.Predict.future(batch_request(MODEL_NAME, 0), timeout=SECONDS)
        wait_until(lambda: refusal(target.prediction.Predict, batch_request(MODEL_NAME, 0)) == ("UNAVAILABLE", text))
        status, answer = target.post("predict", {"signature_name": "batch", "instances": [0]})
        assert (status, answer) == (503, {"error": text})
        assert not first.done()
    assert sizes(waiting.result()) == [1]
    together(target, batch_request(MODEL_NAME, 0))


@own_server
def test_a_full_queue_with_splitting(start_batching):
    sizes_and_room = "max_batch_size { value: 4 } max_enqueued_batches { value: 2 }"
    target = start_batching(f"{sizes_and_room} {SPLITTING} {ONE_THREAD}")
    with held(target):
        code, text = refusal(target.prediction.Predict, batch_request(MODEL_NAME, 0, 0, 0))
    assert code == "UNAVAILABLE"
    assert text.startswith(f"{FULL}currently 0 batches enqueued and max_enqueued_batches is 2")
    assert "task size is 3 but scheduling capacity is only 2" in text


@own_server
def test_a_request_that_expires_in_the_queue_is_not_computed(start_batching):
    """Its client's own clock ends it; TensorFlow Serving's RESOURCE_EXHAUSTED comes too late to be seen."""
    target = start_batching(ONE_THREAD)
    with held(target):
        late = target.prediction.Predict.future(batch_request(MODEL_NAME, 0), timeout=0.2)
        assert late.code().name == "DEADLINE_EXCEEDED"
        (answer,) = together(target, batch_request(MODEL_NAME, 0))
    assert sizes(answer) == [1]


@own_server
def test_a_rest_request_whose_time_is_over_in_the_queue(start_batching):
    """Hears of it at once; TensorFlow Serving tells it when its batch's turn has come: 429, RESOURCE_EXHAUSTED."""
    target = start_batching(ONE_THREAD, rest=RestSettings(timeout_in_ms=200))
    with held(target) as (first,):
        answer = target.post("predict", {"signature_name": "batch", "instances": [0]})
        assert answer == (504, {"error": "Timed out waiting for notification"})
        assert not first.done()


@own_server
def test_a_scalar_input(start_batching):
    scalar = predict_request(MODEL_NAME, x=tensor(float_val=[1]))
    assert refusal(start_batching("").prediction.Predict, scalar) == (
        "INVALID_ARGUMENT",
        "Batching Run() input tensors must have at least one dimension",
    )


def test_a_scalar_input_without_batching(target, name):
    answer = target.prediction.Predict(predict_request(name, x=tensor(float_val=[1])), timeout=SECONDS)
    assert list(answer.outputs["y"].float_val) == [3]


@own_server
def test_inputs_of_different_lengths(start_batching):
    request = predict_request(MODEL_NAME, "two", a=rows(2, 2), b=rows(1, 2))
    assert refusal(start_batching("").prediction.Predict, request) == (
        "INVALID_ARGUMENT",
        "Batching Run() input tensors must have equal 0th-dimension size",
    )


@own_server
def test_no_input(start_batching):
    request = with_spec(PredictRequest(), MODEL_NAME, "no_inputs")
    assert refusal(start_batching("").prediction.Predict, request) == (
        "INVALID_ARGUMENT",
        "Batching Run() must have at least one input tensor",
    )


@own_server
def test_inputs_of_different_widths_are_all_answered(start_batching):
    """Kinder than TensorFlow Serving, which refuses every request of such a batch with FAILED_PRECONDITION."""
    target = start_batching(f"max_batch_size {{ value: 2 }} {UNTIL_FULL}")
    answers = together(target, rectangle(1, 2), rectangle(1, 3))
    assert [list(answer.outputs["x"].float_val) for answer in answers] == [[1, 1], [1, 1, 1]]


@own_server
@pytest.mark.parametrize(
    ("signature_name", "text"),
    [
        ("scalar", "Batched output tensor has 0 dimensions"),
        (
            "longer",
            "Batched output tensor's 0th dimension does not equal the sum of the 0th dimension sizes of the input "
            "tensors",
        ),
    ],
)
def test_an_output_without_a_row_for_each(start_batching, signature_name, text):
    request = predict_request(MODEL_NAME, signature_name)
    assert refusal(start_batching("").prediction.Predict, request) == ("FAILED_PRECONDITION", text)

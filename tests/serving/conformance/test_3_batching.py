"""Facts 3: batching, as its parameter file has it; the errors are in test_3_batching_errors.py."""

import concurrent.futures
import os
import time

import pytest
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from components.errors import UsageError
from serving.server.rest_api.rest_settings import RestSettings
from tests.serving.conformance.batches import ONE_THREAD, UNTIL_FULL, batch_request, held, sizes, together
from tests.serving.conformance.conformance_model import MODEL_NAME
from tests.serving.conformance.conftest import METRICS_PATH
from tests.serving.conformance.requests import (
    floats,
    input_of,
    model_config,
    predict_request,
    reload_request,
    tensor,
    with_spec,
)
from tests.serving.conformance.target import SECONDS, refusal, wait_until

pytestmark = pytest.mark.own_server


def one(**spec):
    """A request of one row that takes no time."""
    return batch_request(MODEL_NAME, 0, **spec)


def test_max_batch_size_is_1000(start_batching):
    target = start_batching("")
    (answer,) = together(target, batch_request(MODEL_NAME, *[0] * 1000))
    assert sizes(answer) == [1000] * 1000
    code, text = refusal(target.prediction.Predict, batch_request(MODEL_NAME, *[0] * 1001))
    assert (code, text) == ("INVALID_ARGUMENT", "Task size 1001 is larger than maximum input batch size 1000")


def test_max_enqueued_batches_is_10(start_batching):
    target = start_batching(f"max_batch_size {{ value: 1 }} {ONE_THREAD}")
    with held(target):
        waiting = [target.prediction.Predict.future(one(), timeout=SECONDS) for _ in range(10)]
        time.sleep(0.2)
        assert "currently 10 batches enqueued" in refusal(target.prediction.Predict, one())[1]
    assert [sizes(answer.result()) for answer in waiting] == [[1]] * 10


def test_num_batch_threads_is_the_number_of_processors(start_batching):
    target = start_batching("")
    with held(target, threads=os.cpu_count()) as waiting:
        last = target.prediction.Predict.future(one(), timeout=SECONDS)
        time.sleep(0.2)
        assert not last.done()
        assert not any(answer.done() for answer in waiting)
    assert sizes(last.result()) == [1]


@pytest.mark.parametrize(("threads", "waits"), [(1, True), (2, False)])
def test_one_pool_of_threads_for_all_models(start_batching, threads, waits, publish, tmp_path):
    publish(tmp_path / "second", 3)
    target = start_batching(f"num_batch_threads {{ value: {threads} }}")
    models = [model_config(MODEL_NAME, tmp_path / "base"), model_config("second", tmp_path / "second")]
    target.model.HandleReloadConfigRequest(reload_request(*models), timeout=SECONDS)
    with held(target) as (first,):
        together(target, batch_request("second", 0))
        assert first.done() == waits


def test_a_batch_is_run_when_it_is_full(start_batching):
    target = start_batching(f"max_batch_size {{ value: 4 }} {UNTIL_FULL}")
    answers = together(target, batch_request(MODEL_NAME, 0, 0, 0), one())
    assert [sizes(answer) for answer in answers] == [[4] * 3, [4]]


def test_a_request_is_not_divided_between_batches(start_batching):
    target = start_batching("max_batch_size { value: 4 } batch_timeout_micros { value: 200000 }")
    answers = together(target, *[batch_request(MODEL_NAME, 0, 0, 0)] * 2)
    assert [sizes(answer) for answer in answers] == [[3] * 3] * 2


@pytest.mark.parametrize(("parameters", "least"), [("", 0), ("batch_timeout_micros { value: 500000 }", 0.5)])
def test_a_lone_request_waits_no_longer_than_batch_timeout_micros(start_batching, parameters, least):
    target = start_batching(parameters)
    together(target, one())  # the first one has also to trace the function
    began = time.monotonic()
    together(target, one())
    assert least <= time.monotonic() - began < least + 2


def test_requests_that_wait_for_a_thread_are_run_as_one(start_batching):
    target = start_batching(ONE_THREAD)
    with held(target):
        answers = together(target, one(), batch_request(MODEL_NAME, 0, 0), one())
    assert [sizes(answer) for answer in answers] == [[4], [4, 4], [4]]


def test_both_apis_share_a_batch(start_batching):
    target = start_batching(f"max_batch_size {{ value: 2 }} {UNTIL_FULL}")
    with concurrent.futures.ThreadPoolExecutor() as threads:
        over_rest = threads.submit(target.post, "predict", {"signature_name": "batch", "instances": [0]})
        (over_grpc,) = together(target, one())
    assert over_rest.result() == (200, {"predictions": [{"rows": 2, "sum": 0.0}]})
    assert sizes(over_grpc) == [2]


def test_every_method_is_batched(start_batching):
    target = start_batching(f"max_batch_size {{ value: 4 }} {UNTIL_FULL}")
    classify = with_spec(ClassificationRequest(input=input_of(1)), MODEL_NAME, "classify_batch")
    regress = with_spec(RegressionRequest(input=input_of(1)), MODEL_NAME, "regress_batch")
    both = MultiInferenceRequest(input=input_of(1, 1))
    for task in (classify, regress):
        signature_name = task.model_spec.signature_name
        method_name = f"tensorflow/serving/{signature_name.removesuffix('_batch')}"
        both.tasks.add(method_name=method_name).model_spec.CopyFrom(task.model_spec)
    examples = {"examples": [{"x": 1.0}]}
    with concurrent.futures.ThreadPoolExecutor() as threads:
        over_rest = [
            threads.submit(target.post, method, {"signature_name": f"{method}_batch", **examples})
            for method in ("classify", "regress")
        ]
        calls = ((target.prediction.Classify, classify), (target.prediction.Regress, regress))
        over_grpc = [call.future(request, timeout=SECONDS) for call, request in calls]
        joint = target.prediction.MultiInference(both, timeout=SECONDS)
    assert [answer.result()[1] for answer in over_rest] == [{"results": [[["", 4.0]]]}, {"results": [4.0]}]
    classified, regressed = (answer.result().result for answer in over_grpc)
    assert classified.classifications[0].classes[0].score == regressed.regressions[0].value == 4
    classified, regressed = joint.results
    assert [row.classes[0].score for row in classified.classification_result.classifications] == [4, 4]
    assert [row.value for row in regressed.regression_result.regressions] == [4, 4]


def test_a_batch_is_padded_to_an_allowed_size_with_a_row_of_its_own(start_batching):
    sizes_allowed = "allowed_batch_sizes: 2 allowed_batch_sizes: 4"
    target = start_batching(f"max_batch_size {{ value: 4 }} {sizes_allowed}")
    (answer,) = together(target, batch_request(MODEL_NAME, 0.125, 0.125, 0.125))
    assert sizes(answer) == [4, 4, 4]
    assert list(answer.outputs["sum"].double_val) == [0.5] * 3
    (answer,) = together(target, one())
    assert sizes(answer) == [2]


def test_the_last_allowed_size_is_max_batch_size(start_batching):
    with pytest.raises(UsageError, match="the last of allowed_batch_sizes must be 4"):
        start_batching("max_batch_size { value: 4 } allowed_batch_sizes: 2")


def test_variable_length_inputs_are_padded_with_their_first_element(start_batching):
    def rectangle(*row):
        return predict_request(MODEL_NAME, "rectangle", x=tensor(shape=[1, len(row)], float_val=row))

    target = start_batching(f"pad_variable_length_inputs: true max_batch_size {{ value: 2 }} {UNTIL_FULL}")
    answers = together(target, rectangle(1, 2), rectangle(5, 6, 7, 8))
    assert [list(answer.outputs["x"].float_val) for answer in answers] == [[1, 2, 1, 1], [5, 6, 7, 8]]


def test_large_requests_are_split(start_batching):
    splitting = "enable_large_batch_splitting { value: true } max_execution_batch_size { value: 2 }"
    target = start_batching(f"max_batch_size {{ value: 8 }} {splitting}")
    (answer,) = together(target, batch_request(MODEL_NAME, *[0] * 8))
    assert sizes(answer) == [2] * 8
    assert refusal(target.prediction.Predict, batch_request(MODEL_NAME, *[0] * 9))[0] == "INVALID_ARGUMENT"


@pytest.mark.parametrize(
    ("parameters", "thread_pool_name"),
    [("", "batch_threads"), ('thread_pool_name { value: "doodles" }', "doodles")],
)
def test_metrics_tell_of_batches(start_batching, parameters, thread_pool_name):
    target = start_batching(
        f"{parameters} max_batch_size {{ value: 4 }} allowed_batch_sizes: 4 {UNTIL_FULL}",
        rest=RestSettings(prometheus_path=METRICS_PATH),
    )
    together(target, one(), batch_request(MODEL_NAME, 0, 0, 0))
    page = target.http("GET", METRICS_PATH)[2].decode().splitlines()
    for sample in (
        f'queuing_latency_count{{thread_pool_name="{thread_pool_name}"}} 2',
        'padding_size_sum{execution_batch_size="4"} 0.0',
        "input_batch_size_sum{} 4.0",
        "processed_batch_size_sum{} 4.0",
        "wrapped_run_count{} 1",
    ):
        assert f":tensorflow:serving:batching_session:{sample}" in page


class TestAQueueOfItsOwn:
    """Where the rows of two requests never share a batch, each is run when its time is over."""

    @pytest.fixture
    def target(self, start_batching, publish, tmp_path):
        publish(tmp_path / "base", 4)
        target = start_batching("max_batch_size { value: 2 } batch_timeout_micros { value: 200000 }")
        both = model_config(MODEL_NAME, tmp_path / "base", versions=[3, 4])
        target.model.HandleReloadConfigRequest(reload_request(both), timeout=SECONDS)
        wait_until(lambda: [state for _, state, _ in target.states()] == ["AVAILABLE"] * 2)
        return target

    def test_for_each_version(self, target):
        assert [sizes(answer) for answer in together(target, one(version=3), one(version=3))] == [[2], [2]]
        assert [sizes(answer) for answer in together(target, one(version=3), one(version=4))] == [[1], [1]]

    def test_for_each_signature(self, target):
        answer, _ = together(target, one(), predict_request(MODEL_NAME, x=floats(1)))
        assert sizes(answer) == [1]

    def test_for_each_choice_of_outputs(self, target):
        filtered = one()
        filtered.output_filter.append("rows")
        assert [sizes(answer) for answer in together(target, one(), filtered)] == [[1], [1]]
        assert [sizes(answer) for answer in together(target, filtered, filtered)] == [[2], [2]]

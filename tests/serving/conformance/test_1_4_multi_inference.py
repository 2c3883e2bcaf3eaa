"""Facts 1.4: gRPC MultiInference."""

import pytest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest

from tests.serving.conformance.requests import input_of, with_spec
from tests.serving.conformance.target import SECONDS, refusal

CLASSIFY, REGRESS = "tensorflow/serving/classify", "tensorflow/serving/regress"


def request(*tasks, numbers=(1, 2)):
    message = MultiInferenceRequest(input=input_of(*numbers))
    for name, signature_name, method_name in tasks:
        with_spec(message.tasks.add(method_name=method_name), name, signature_name)
    return message


def test_results_keep_the_order_of_the_tasks(target, name):
    message = request((name, "regress", REGRESS), (name, "classify", CLASSIFY))
    regressed, classified = target.prediction.MultiInference(message, timeout=SECONDS).results
    assert [regression.value for regression in regressed.regression_result.regressions] == [3, 6]
    assert [row.classes[0].score for row in classified.classification_result.classifications] == [3, 6]
    for result, signature_name in ((regressed, "regress"), (classified, "classify")):
        spec = result.model_spec
        assert (spec.name, spec.signature_name, spec.version.value) == (name, signature_name, 3)


def test_the_version_of_a_later_task_is_not_looked_at(target, name):
    message = request((name, "regress", REGRESS), (name, "classify", CLASSIFY))
    message.tasks[1].model_spec.version.value = 9
    assert len(target.prediction.MultiInference(message, timeout=SECONDS).results) == 2
    message.tasks[0].model_spec.version.value = 9
    assert refusal(target.prediction.MultiInference, message)[0] == "NOT_FOUND"


def test_no_tasks(target):
    answer = refusal(target.prediction.MultiInference, request())
    assert answer == ("INVALID_ARGUMENT", "ModelSpec has no name specified.")


@pytest.mark.parametrize(
    ("second", "code", "text"),
    [
        (("", "classify", CLASSIFY), "INVALID_ARGUMENT", ""),
        (("other", "classify", CLASSIFY), "INVALID_ARGUMENT", "must access the same model name."),
        (("MODEL", "regress", REGRESS), "INVALID_ARGUMENT", "Duplicate evaluation of signature: regress"),
        (("MODEL", "unknown", REGRESS), "INVALID_ARGUMENT", "Requested signature not found in model graph: unknown"),
        (("MODEL", "classify", "x"), "UNIMPLEMENTED", "Unsupported signature method_name: x"),
    ],
    ids=["no name", "other model", "repeated", "unknown signature", "method"],
)
def test_a_bad_second_task(target, name, second, code, text):
    message = request((name, "regress", REGRESS), (second[0].replace("MODEL", name), *second[1:]))
    answered_code, answered = refusal(target.prediction.MultiInference, message)
    assert answered_code == code
    assert answered.endswith(text)


def test_no_examples(target, name):
    message = request((name, "regress", REGRESS), numbers=())
    assert refusal(target.prediction.MultiInference, message) == ("INVALID_ARGUMENT", "Input is empty.")

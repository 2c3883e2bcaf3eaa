"""Facts 1.3: gRPC Classify and Regress."""

import pytest
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.input_pb2 import Input
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from tests.serving.conformance.requests import input_of, with_spec
from tests.serving.conformance.target import SECONDS, refusal


def classify(target, name, signature_name, message):
    request = with_spec(ClassificationRequest(input=message), name, signature_name)
    return target.prediction.Classify(request, timeout=SECONDS)


def regress(target, name, signature_name, message):
    request = with_spec(RegressionRequest(input=message), name, signature_name)
    return target.prediction.Regress(request, timeout=SECONDS)


def pairs(response):
    return [[(each.label, each.score) for each in row.classes] for row in response.result.classifications]


def test_classes_and_scores(target, name):
    response = classify(target, name, "classify", input_of(1, 2))
    assert pairs(response) == [[("big", 3), ("small", 0)], [("big", 6), ("small", 0)]]
    spec = response.model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == (name, "classify", 3)


def test_classes_alone_and_scores_alone(target, name):
    assert pairs(classify(target, name, "classes", input_of(1, 2))) == [[("only", 0)], [("only", 0)]]
    assert pairs(classify(target, name, "scores", input_of(1, 2))) == [[("", 1)], [("", 2)]]


def test_one_number_an_example(target, name):
    response = regress(target, name, "regress", input_of(1, 2, None))
    assert [regression.value for regression in response.result.regressions] == [3, 6, 0]
    spec = response.model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == (name, "regress", 3)


def test_a_context_is_merged_into_every_example(target, name):
    response = regress(target, name, "regress", input_of(1, None, context=5))
    assert [regression.value for regression in response.result.regressions] == [3, 15]


@pytest.mark.parametrize(("method", "kind"), [("Classify", ClassificationRequest), ("Regress", RegressionRequest)])
@pytest.mark.parametrize(
    ("signature_name", "message", "text"),
    [
        ("unknown", input_of(1), "No signature was found with the name: unknown"),
        ("two", input_of(1), "Expected one input Tensor."),
        ("METHOD", Input(), "Input is empty."),
        ("METHOD", input_of(), "Input is empty."),
        ("METHOD", input_of(context=1), "Input is empty."),
    ],
    ids=["signature", "two inputs", "unset", "no examples", "context alone"],
)
def test_refusals_of_both(target, name, method, kind, signature_name, message, text):
    request = with_spec(kind(input=message), name, signature_name.replace("METHOD", method.lower()))
    assert refusal(getattr(target.prediction, method), request) == ("INVALID_ARGUMENT", text)


@pytest.mark.parametrize(
    ("method", "kind", "signature_name", "text"),
    [
        ("Classify", ClassificationRequest, "other_name", "No classification inputs found in SignatureDef: "),
        ("Classify", ClassificationRequest, "serving_default", "No classification inputs found in SignatureDef: "),
        ("Classify", ClassificationRequest, "flat_scores", "Expected Tensor shape: [batch_size num_classes] but got "),
        ("Regress", RegressionRequest, "classify", "Expected one output Tensor."),
        ("Regress", RegressionRequest, "other_name", "No regression inputs found in SignatureDef: "),
        ("Regress", RegressionRequest, "wide_regress", "Expected output Tensor shape to be either [batch_size] or"),
    ],
)
def test_signatures_of_another_form(target, name, method, kind, signature_name, text):
    request = with_spec(kind(input=input_of(1)), name, signature_name)
    code, answered = refusal(getattr(target.prediction, method), request)
    assert (code, answered[: len(text)]) == ("INVALID_ARGUMENT", text)

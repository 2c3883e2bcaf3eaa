"""Facts 1.2: gRPC Predict."""

import numpy as np
import pytest
from tensorflow.core.framework import types_pb2

from tests.serving.conformance.requests import floats, predict_request, tensor
from tests.serving.conformance.target import SECONDS, refusal


def ask(target, request):
    return target.prediction.Predict(request, timeout=SECONDS)


def test_the_order_of_checks(target, name):
    request = predict_request("", "unknown", x=tensor(0), y=floats(1))
    request.output_filter.append("unknown")

    def text():
        return refusal(target.prediction.Predict, request)[1]

    assert text() == "ModelSpec has no name specified."
    request.model_spec.name = name
    assert text().startswith("Serving signature key")
    request.model_spec.signature_name = ""
    assert text().startswith("input size does not match signature")
    del request.inputs["y"]
    assert text() == "tensor parsing error: x"
    request.inputs["x"].CopyFrom(tensor(types_pb2.DT_INT32, [1]))
    assert text().startswith("output tensor alias not found in signature")
    del request.output_filter[:]
    assert "float" in text()


def test_1_2_1_an_unknown_signature(target, name):
    answer = refusal(target.prediction.Predict, predict_request(name, "unknown"))
    assert answer == ("FAILED_PRECONDITION", 'Serving signature key "unknown" not found.')


@pytest.mark.parametrize("signature_name", ["classify", "regress"])
def test_1_2_1_a_signature_of_another_method(target, name, signature_name):
    inputs = tensor(types_pb2.DT_STRING, [1], string_val=[b""])
    assert ask(target, predict_request(name, signature_name, inputs=inputs)).outputs


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        (
            {"x": floats(1), "b": floats(1), "a": floats(1)},
            "input size does not match signature: 3!=1 len({a,b,x}) != len({x}). "
            "Sent extra: {a,b}. Missing but required: {}.",
        ),
        (
            {"unknown": floats(1)},
            "Signature input alias: x(feed name: serving_default_x:0) not found in request and no default value",
        ),
    ],
    ids=["surplus", "wrong"],
)
def test_1_2_2_wrong_inputs(target, name, sent, text):
    code, answered = refusal(target.prediction.Predict, predict_request(name, **sent))
    assert (code, answered[: len(text)]) == ("INVALID_ARGUMENT", text)


def test_1_2_2_fewer_inputs_than_the_signature_has(target, name):
    answer = refusal(target.prediction.Predict, predict_request(name, "two", a=tensor(shape=[1, 2], float_val=[1, 2])))
    assert answer == (
        "INVALID_ARGUMENT",
        "input size does not match signature: 1!=2 len({a}) != len({a,b}). Sent extra: {}. Missing but required: {b}.",
    )


def test_1_2_2_a_signature_without_inputs(target, name):
    request = predict_request(name, "no_inputs")
    request.inputs.clear()
    assert list(ask(target, request).outputs["version"].float_val) == [3]


@pytest.mark.parametrize(
    ("sent", "type_name"),
    [
        (tensor(types_pb2.DT_INT32, [1], int_val=[1]), "int32"),
        (tensor(types_pb2.DT_STRING, [1], string_val=[b"1"]), "string"),
    ],
    ids=["int32", "string"],
)
def test_1_2_3_a_wrong_type(target, name, sent, type_name):
    code, text = refusal(target.prediction.Predict, predict_request(name, x=sent))
    assert code == "INVALID_ARGUMENT"
    assert "float" in text
    assert type_name in text


def test_1_2_3_a_wrong_inner_dimension(target, name):
    request = predict_request(name, "product", a=tensor(shape=[2, 5]), b=tensor(shape=[2, 3]))
    code, text = refusal(target.prediction.Predict, request)
    assert code == "INVALID_ARGUMENT"
    assert "size-incompatible" in text


def test_1_2_3_a_wrong_rank_that_every_kernel_accepts(target, name):
    answer = ask(target, predict_request(name, x=tensor(shape=[1, 2], float_val=[1, 2]))).outputs["y"]
    assert [dim.size for dim in answer.tensor_shape.dim] == [1, 2]
    assert list(answer.float_val) == [3, 6]


def test_1_2_3_no_rows(target, name):
    answer = ask(target, predict_request(name, x=tensor(shape=[0]))).outputs["y"]
    assert ([dim.size for dim in answer.tensor_shape.dim], list(answer.float_val)) == ([0], [])


def test_1_2_4_all_outputs_without_a_filter_and_only_those_named_with_one(target, name):
    request = predict_request(name, "scalar")
    assert sorted(ask(target, request).outputs) == ["total", "x"]
    request.output_filter.append("total")
    assert list(ask(target, request).outputs) == ["total"]


@pytest.mark.parametrize(
    ("output_filter", "text"),
    [
        (
            ["unknown"],
            "output tensor alias not found in signature: unknown Outputs expected to be in the set {total,x}.",
        ),
        (["x", "x"], "duplicate output tensor alias: x"),
    ],
    ids=["unknown", "duplicate"],
)
def test_1_2_4_a_wrong_filter(target, name, output_filter, text):
    request = predict_request(name, "scalar")
    request.output_filter.extend(output_filter)
    assert refusal(target.prediction.Predict, request) == ("INVALID_ARGUMENT", text)


def test_1_2_5_answers_have_typed_fields_with_every_element(target, name):
    answer = ask(target, predict_request(name, x=floats(1, 1, 1))).outputs["y"]
    assert (list(answer.float_val), answer.tensor_content) == ([3, 3, 3], b"")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (tensor(shape=[3], float_val=[1, 2]), [3, 6, 6]),
        (tensor(shape=[3]), [0, 0, 0]),
        (tensor(shape=[1], float_val=[1, 2]), [3]),
        (tensor(float_val=[2]), [6]),
        (tensor(shape=[2], tensor_content=np.array([1, 2], "<f4").tobytes()), [3, 6]),
    ],
    ids=["fewer", "none", "surplus", "scalar", "content"],
)
def test_1_2_5_encodings_of_inputs(target, name, sent, expected):
    assert list(ask(target, predict_request(name, x=sent)).outputs["y"].float_val) == expected


@pytest.mark.parametrize(
    "sent",
    [tensor(shape=[2], tensor_content=b"12345"), tensor(shape=[-1]), tensor(types_pb2.DT_INVALID, [1])],
    ids=["content", "dimension", "type"],
)
def test_1_2_5_a_tensor_that_cannot_be_read(target, name, sent):
    answer = refusal(target.prediction.Predict, predict_request(name, x=sent))
    assert answer == ("INVALID_ARGUMENT", "tensor parsing error: x")


def test_1_2_6_the_spec_of_the_answer(target, name):
    spec = ask(target, predict_request(name, "scalar", version=3)).model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == (name, "scalar", 3)

"""Facts 4.2: REST predict."""

import gzip
import json
import math

import pytest

STRINGS = {"signature_name": "strings"}
TWO = {"signature_name": "two"}


@pytest.mark.parametrize("instances", [[1, 2.5], [{"x": 1}, {"x": 2.5}]], ids=["values", "objects"])
def test_rows_of_one_input(target, instances):
    assert target.post("predict", {"instances": instances}) == (200, {"predictions": [3.0, 7.5]})


@pytest.mark.parametrize("inputs", [[1, 2.5], {"x": [1, 2.5]}], ids=["values", "object"])
def test_columns_of_one_input(target, inputs):
    assert target.post("predict", {"inputs": inputs}) == (200, {"outputs": [3.0, 7.5]})


def test_rows_of_two_inputs(target):
    body = TWO | {"instances": [{"a": [1, 2], "b": [3, 5]}, {"b": [0, 0], "a": [1, 1]}]}
    rows = [{"sum": [4.0, 7.0], "difference": [-2.0, -3.0]}, {"sum": [1.0, 1.0], "difference": [1.0, 1.0]}]
    assert target.post("predict", body) == (200, {"predictions": rows})


def test_columns_of_two_inputs(target):
    body = TWO | {"inputs": {"a": [[1, 2]], "b": [[3, 5]]}}
    answer = {"outputs": {"sum": [[4.0, 7.0]], "difference": [[-2.0, -3.0]]}}
    assert target.post("predict", body) == (200, answer)


def test_surplus_inputs_are_ignored_in_columns_and_refused_in_rows(target):
    assert target.post("predict", {"inputs": {"x": [1], "y": [1]}}) == (200, {"outputs": [3.0]})
    status, answer = target.post("predict", {"instances": [{"x": 1, "y": 1}]})
    assert (status, "does not have named input: y" in answer["error"]) == (400, True)


def test_a_missing_input(target):
    status, answer = target.post("predict", TWO | {"inputs": {"a": [[1, 2]]}})
    assert (status, answer["error"]) == (400, "Missing named input: b in 'inputs' object.")


@pytest.mark.parametrize(
    "body",
    [{"instances": [1], "inputs": [1]}, {}, {"instances": 1}, {"instances": []}, {"signature_name": 1, "inputs": [1]}],
    ids=["both", "neither", "no list", "empty", "signature name"],
)
def test_bodies_that_are_refused(target, body):
    status, answer = target.post("predict", body)
    assert (status, list(answer)) == (400, ["error"])


def test_rows_need_one_shape(target):
    status, answer = target.post("predict", {"instances": [1, [2]]})
    assert status == 400
    assert answer["error"].startswith("Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: ")


def test_outputs_without_a_batch_dimension_only_fit_columns(target):
    body = {"signature_name": "scalar"}
    assert target.post("predict", body | {"inputs": [1, 2]}) == (200, {"outputs": {"total": 3.0, "x": [1.0, 2.0]}})
    status, answer = target.post("predict", body | {"instances": [1, 2]})
    assert (status, "total has no shape information" in answer["error"]) == (400, True)


def test_outputs_named_bytes_are_base64(target):
    body = STRINGS | {"instances": ["é", {"b64": "YWI="}]}
    rows = [{"text": "é", "text_bytes": {"b64": "w6k="}}, {"text": "ab", "text_bytes": {"b64": "YWI="}}]
    assert target.post("predict", body) == (200, {"predictions": rows})


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"n": 9223372036854775807, "b": True}, 200),
        ({"n": 1.0, "b": True}, 400),
        ({"n": 9223372036854775808, "b": True}, 400),
        ({"n": 1, "b": 1}, 400),
        ({"n": "1", "b": True}, 400),
    ],
    ids=["largest", "decimal", "too large", "bool of a number", "string"],
)
def test_integers_and_bools_are_taken_as_they_are(target, row, status):
    answered_status, answer = target.post("predict", {"signature_name": "integers", "instances": [row]})
    assert answered_status == status
    assert status != 200 or answer == {"predictions": [row]}


def test_half_is_not_supported(target):
    assert target.post("predict", {"signature_name": "half", "inputs": [1.0]})[0] == 501
    assert target.post("predict", {"signature_name": "half", "instances": [1.0]})[0] == 400


def test_nan_and_infinities_in_and_out(target, name):
    status, _, body = target.http("POST", f"/v1/models/{name}:predict", b'{"instances": [NaN, Infinity, -Infinity]}')
    answer = json.loads(body)["predictions"]
    assert (status, math.isnan(answer[0]), answer[1:]) == (200, True, [math.inf, -math.inf])


def test_whole_numbers_are_written_as_decimals(target, name):
    assert b"3.0" in target.http("POST", f"/v1/models/{name}:predict", {"instances": [1]})[2]


def test_floats_read_back_as_they_were(target):
    values = [0.1, 1e-30, 16777215, 3.4e37]
    answer = target.post("predict", {"signature_name": "scalar", "inputs": values})[1]["outputs"]["x"]
    assert answer == pytest.approx(values, rel=1e-7)


def test_the_content_type_of_a_request_is_not_looked_at(target, name):
    headers = {"Content-Type": "image/png"}
    assert target.http("POST", f"/v1/models/{name}:predict", {"instances": [1]}, headers)[0] == 200


def test_a_gzip_body(target, name):
    body = gzip.compress(b'{"instances": [1]}')
    status, _, answer = target.http("POST", f"/v1/models/{name}:predict", body, {"Content-Encoding": "gzip"})
    assert (status, json.loads(answer)) == (200, {"predictions": [3.0]})

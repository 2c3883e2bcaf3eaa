import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tensorflow.core.framework import types_pb2 as types

from serving.server.errors import ServingError
from serving.server.rest_api.json_tensor import array_from_json


@pytest.mark.parametrize(
    ("value", "data_type", "expected"),
    [
        ("a", types.DT_STRING, b"a"),
        (["a", {"b64": "/w=="}, {"b64": "YWE"}], types.DT_STRING, [b"a", b"\xff", b"aa"]),
        ([[1, 2.5], [3, -4]], types.DT_FLOAT, [[1, 2.5], [3, -4]]),
        ([math.inf, -math.inf, math.nan], types.DT_FLOAT, [math.inf, -math.inf, math.nan]),
        ([16777215], types.DT_FLOAT, [16777215]),
        ([1e300], types.DT_DOUBLE, [1e300]),
        ([1, 300], types.DT_INT8, [1, 44]),
        ([-(2**63), 2**63 - 1], types.DT_INT64, [-(2**63), 2**63 - 1]),
        ([1, 2**64 - 1], types.DT_UINT64, [1, 2**64 - 1]),
        ([True, False], types.DT_BOOL, [True, False]),
        ([], types.DT_STRING, []),
        ([[], []], types.DT_FLOAT, np.zeros((2, 0))),
    ],
    ids=lambda value: "",
)
def test_values_of_every_type(value, data_type, expected):
    np.testing.assert_array_equal(array_from_json(value, data_type), expected)


@pytest.mark.parametrize(
    ("value", "data_type", "reason"),
    [
        (1, types.DT_STRING, "JSON Value: 1 Type: Number is not of expected type: string"),
        (None, types.DT_STRING, "JSON Value: null Type: Null is not of expected type: string"),
        ("a", types.DT_FLOAT, 'JSON Value: "a" Type: String is not of expected type: float'),
        (True, types.DT_FLOAT, "JSON Value: true Type: True is not of expected type: float"),
        ({"b64": "YQ=="}, types.DT_FLOAT, "Type: Object is not of expected type: float"),
        (1.0, types.DT_INT32, "JSON Value: 1.0 Type: Number is not of expected type: int32"),
        (2**31, types.DT_INT32, "is not of expected type: int32"),
        (-1, types.DT_UINT32, "is not of expected type: uint32"),
        (1, types.DT_BOOL, "is not of expected type: bool"),
        (16777216, types.DT_FLOAT, "Cannot convert JSON value: 16777216 to float without loss of precision."),
        (1e39, types.DT_FLOAT, "to float without loss of precision."),
        ({"b64": 1}, types.DT_STRING, "not formatted correctly for base64 data"),
        ({"b64": "YQ==", "x": 1}, types.DT_STRING, "not formatted correctly for base64 data"),
        ({"b64": "?"}, types.DT_STRING, "Unable to base64 decode"),
        ("\ud800", types.DT_STRING, "The surrogate pair in string is invalid."),
        ([["a"], "b"], types.DT_STRING, 'JSON Value: "b" found at incorrect level: 2 in the JSON DOM. Expected at'),
        (["a", ["b"]], types.DT_STRING, "Encountered list at unexpected level: 1 expected < 1"),
        ([[1, 2], [3]], types.DT_FLOAT, "Encountered list at unexpected size: 1 at level: 1 expected size: 2"),
    ],
    ids=lambda value: "",
)
def test_says_what_is_wrong_with_a_value(value, data_type, reason):
    with pytest.raises(ServingError) as caught:
        array_from_json(value, data_type)
    assert reason in str(caught.value)
    assert caught.value.http_status == 400


def test_types_that_rest_does_not_carry():
    with pytest.raises(ServingError, match="UNIMPLEMENTED: Conversion of JSON Value: 1 to type: half"):
        array_from_json(1, types.DT_HALF)


def test_lists_deeper_than_an_array_can_be():
    value = "a"
    for _ in range(33):
        value = [value]
    with pytest.raises(ServingError, match="INVALID_ARGUMENT: Encountered list at unexpected level"):
        array_from_json(value, types.DT_STRING)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.sampled_from(["b64", "x"]), children),
)


@given(JSON_VALUES, st.sampled_from([types.DT_STRING, types.DT_FLOAT, types.DT_INT64, types.DT_BOOL, types.DT_UINT8]))
@example("\ud800", types.DT_STRING)
@example({"b64": "\ud800"}, types.DT_STRING)
@example(math.nan, types.DT_INT64)
@example(-0.0, types.DT_UINT8)
@example(10**400, types.DT_FLOAT)
def test_any_value_becomes_an_array_or_a_reason(value, data_type):
    try:
        array = array_from_json(value, data_type)
    except ServingError as error:
        assert error.http_status == 400
    else:
        assert array.ndim == 0 or len(array) == len(value)

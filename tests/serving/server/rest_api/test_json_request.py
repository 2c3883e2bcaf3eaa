import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tensorflow.core.framework.types_pb2 import DT_FLOAT, DT_HALF, DT_STRING
from tensorflow.core.protobuf.meta_graph_pb2 import TensorInfo

from serving.server.errors import ServingError
from serving.server.rest_api.json_request import arrays_from_columns, arrays_from_rows
from serving.server.rest_api.json_text import error_body

ONE = {"drawing": TensorInfo(dtype=DT_STRING)}
TWO = {"a": TensorInfo(dtype=DT_FLOAT), "b": TensorInfo(dtype=DT_FLOAT)}


@pytest.mark.parametrize(
    "instances", [["x", "y"], [{"drawing": "x"}, {"drawing": "y"}], [{"b64": "eA=="}, "y"]], ids=lambda value: ""
)
def test_rows_of_one_input(instances):
    arrays = arrays_from_rows(instances, ONE)
    assert list(arrays) == ["drawing"]
    assert arrays["drawing"].tolist() == [b"x", b"y"]


def test_rows_of_two_inputs():
    arrays = arrays_from_rows([{"a": [1, 2], "b": 5}, {"b": 6, "a": [3, 4]}], TWO)
    np.testing.assert_array_equal(arrays["a"], [[1, 2], [3, 4]])
    np.testing.assert_array_equal(arrays["b"], [5, 6])


@pytest.mark.parametrize(
    ("instances", "infos", "reason"),
    [
        ("x", ONE, "Excepting 'instances' to be an list/array"),
        ([], ONE, "No values in 'instances' array"),
        ([1], TWO, "instances is a plain list, but expecting list of objects as multiple input tensors required"),
        ([{"drawing": "x"}, "y"], ONE, "Expecting object but got list at item 1 of input list"),
        (["x", {"drawing": "y"}], ONE, "Expecting value/list but got object at item 1 of input list"),
        (
            ["x", 1],
            ONE,
            "Failed to process element: 1 of 'instances' list. Error: INVALID_ARGUMENT: JSON Value: 1 Type: Number",
        ),
        (
            [{"other": "x"}],
            ONE,
            "Failed to process element: 0 key: other of 'instances' list. "
            "Error: INVALID_ARGUMENT: JSON object: does not have named input: other",
        ),
        ([{"a": 1}], TWO, "keys must be equal to: a,b"),
        ([{"a": [1], "b": 1}, {"a": [1, 2], "b": 1}], TWO, "Expecting tensor size: 1 but got: 2"),
        ([{"a": [[1, 2]], "b": 1}, {"a": [[1], [2]], "b": 1}], TWO, "Expecting shape [1,2] but got: [2,1]"),
        ([1], {"h": TensorInfo(dtype=DT_HALF)}, "Error: UNIMPLEMENTED: Conversion of JSON Value: 1 to type: half"),
    ],
    ids=lambda value: "",
)
def test_rows_that_are_refused(instances, infos, reason):
    with pytest.raises(ServingError) as caught:
        arrays_from_rows(instances, infos)
    assert reason in caught.value.message
    assert caught.value.http_status == 400


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        (["x"], [b"x"]),
        ("x", b"x"),
        ({"b64": "eA=="}, b"x"),
        ({"drawing": ["x"], "surplus": 1}, [b"x"]),
        ([], []),
    ],
    ids=lambda value: "",
)
def test_columns_of_one_input(inputs, expected):
    assert arrays_from_columns(inputs, ONE)["drawing"].tolist() == expected


@pytest.mark.parametrize(
    ("inputs", "infos", "reason"),
    [
        ({"a": 1}, TWO, "Missing named input: b in 'inputs' object."),
        ([1], TWO, "inputs is a plain value/list, but expecting an object as multiple input tensors required"),
    ],
    ids=lambda value: "",
)
def test_columns_that_are_refused(inputs, infos, reason):
    with pytest.raises(ServingError, match=reason):
        arrays_from_columns(inputs, infos)


LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3)
VALUES = st.recursive(
    LEAVES,
    lambda children: (
        st.lists(children, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "drawing", "b64", "\ud800"]), children, max_size=3)
    ),
)


@given(
    VALUES | st.lists(VALUES, max_size=3),
    st.sampled_from([ONE, TWO]),
    st.sampled_from([arrays_from_rows, arrays_from_columns]),
)
@example([{"\ud800": "a"}], ONE, arrays_from_rows)
@example({"\ud800": "a"}, TWO, arrays_from_columns)
@example(["\ud800"], ONE, arrays_from_rows)
@example([{"b64": "\ud800"}], ONE, arrays_from_rows)
@example([float("nan")], ONE, arrays_from_rows)
@example([{"a": [], "b": []}, {"a": [[]], "b": 0}], TWO, arrays_from_rows)
def test_any_value_becomes_arrays_or_is_refused_in_a_text_that_can_be_sent(value, infos, read):
    try:
        assert set(read(value, infos)) == set(infos)
    except ServingError as error:
        assert error.http_status == 400
        assert error_body(error.message)

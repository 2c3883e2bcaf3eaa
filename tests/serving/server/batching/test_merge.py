import grpc
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.server.batching.merge import count_rows, merge, pad_rows, split
from serving.server.errors import ServingError


def strings(*values):
    array = np.empty(len(values), object)
    array[:] = values
    return array


def test_rows_are_counted():
    assert count_rows({"a": np.zeros((3, 2)), "b": np.zeros(3)}) == 3
    assert count_rows({"a": np.zeros((0, 2))}) == 0


@pytest.mark.parametrize(
    ("inputs", "text"),
    [
        ({}, "Batching Run() must have at least one input tensor"),
        ({"a": np.array(1.0)}, "Batching Run() input tensors must have at least one dimension"),
        ({"a": np.zeros(2), "b": np.zeros(3)}, "Batching Run() input tensors must have equal 0th-dimension size"),
    ],
)
def test_requests_that_have_no_rows(inputs, text):
    with pytest.raises(ServingError) as refusal:
        count_rows(inputs)
    assert (refusal.value.code, refusal.value.message) == (grpc.StatusCode.INVALID_ARGUMENT, text)


def test_rows_stand_below_one_another():
    merged = merge([{"drawing": strings(b"a", b"b\0")}, {"drawing": strings(b"c")}], pad_variable_length_inputs=False)
    assert merged["drawing"].tolist() == [b"a", b"b\0", b"c"]


def test_other_shapes_are_refused_or_padded():
    requests = [{"x": np.array([[1, 2]])}, {"x": np.array([[3, 4, 5]])}]
    with pytest.raises(ServingError, match="FAILED_PRECONDITION: Tensors with name 'x' from different tasks"):
        merge(requests, pad_variable_length_inputs=False)
    merged = merge(requests, pad_variable_length_inputs=True)
    # The padding is the array's own first element.
    assert merged["x"].tolist() == [[1, 2, 1], [3, 4, 5]]


def test_ranks_cannot_be_padded():
    with pytest.raises(ServingError, match=r"FAILED_PRECONDITION: Tensors with name 'x' .* differ in rank"):
        merge([{"x": np.zeros(1)}, {"x": np.zeros((1, 1))}], pad_variable_length_inputs=True)


def test_nothing_is_padded_with_the_empty_string():
    empty = np.empty((1, 0), object)
    merged = merge([{"x": empty}, {"x": strings(b"a").reshape(1, 1)}], pad_variable_length_inputs=True)
    assert merged["x"].tolist() == [[b""], [b"a"]]


def test_the_first_row_pads_a_batch():
    assert pad_rows({"x": np.array([[7, 8], [9, 9]])}, 4)["x"].tolist() == [[7, 8], [9, 9], [7, 8], [7, 8]]
    assert pad_rows({"x": np.array([5, 6])}, 2)["x"].tolist() == [5, 6]
    assert pad_rows({"x": np.zeros(0)}, 2)["x"].tolist() == []


def test_padding_belongs_to_nobody():
    first, second = split({"y": np.array([1, 2, 3, 4])}, [1, 2], rows=4)
    assert (first["y"].tolist(), second["y"].tolist()) == ([1], [2, 3])


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (np.array(1.0), "Batched output tensor has 0 dimensions"),
        (np.zeros(2), "Batched output tensor's 0th dimension does not equal"),
        (np.zeros(4), "Batched output tensor's 0th dimension does not equal"),
    ],
    ids=["scalar", "too short", "too long"],
)
def test_an_output_needs_a_row_for_each_row(output, text):
    with pytest.raises(ServingError, match=f"FAILED_PRECONDITION: {text}"):
        split({"y": np.zeros(3), "total": output}, [1, 2], rows=3)


@given(st.lists(st.lists(st.integers(-9, 9), max_size=4), min_size=1, max_size=5), st.integers(0, 30))
def test_everybody_gets_their_own_rows_back(requests, padding):
    inputs = [{"x": np.array(values, np.int64)} for values in requests]
    batch = pad_rows(merge(inputs, pad_variable_length_inputs=False), padding)
    answers = split({"y": batch["x"] * 2}, [len(values) for values in requests], len(batch["x"]))
    assert [answer["y"].tolist() for answer in answers] == [[2 * value for value in values] for values in requests]

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.server.errors import ServingError
from serving.server.rest_api.json_response import columns_answer, rows_answer

SCORES = np.array([[0.2, 1], [1e-7, 3]], np.float32)
WORDS = np.array([b"ant", b"caf\xc3\xa9"], object)


def test_rows_of_one_output_are_bare():
    assert rows_answer({"words": WORDS}) == {"predictions": ["ant", "café"]}


def test_rows_of_two_outputs_are_objects():
    assert rows_answer({"scores": SCORES, "words": WORDS}) == {
        "predictions": [{"scores": [0.2, 1.0], "words": "ant"}, {"scores": [1e-7, 3.0], "words": "café"}]
    }


def test_columns():
    assert columns_answer({"words": WORDS}) == {"outputs": ["ant", "café"]}
    assert columns_answer({"n": np.array(3), "ok": np.array([True])}) == {"outputs": {"n": 3, "ok": [True]}}


def test_outputs_named_bytes_are_base64():
    assert columns_answer({"x_bytes": np.array([b"\xff"], object)}) == {"outputs": [{"b64": "/w=="}]}


def test_no_rows():
    empty = {"scores": np.zeros((0, 3), np.float32), "words": np.empty((0, 3), object)}
    assert rows_answer(empty) == {"predictions": []}


@pytest.mark.parametrize(
    ("outputs", "reason"),
    [
        ({"total": np.array(1.0)}, "Tensor name: total has no shape information "),
        ({"a": np.zeros(2), "b": np.zeros(3)}, "Tensor name: b has inconsistent batch size: 3 expecting: 2"),
    ],
)
def test_rows_need_one_batch_size(outputs, reason):
    with pytest.raises(ServingError, match=f"INVALID_ARGUMENT: {reason}"):
        rows_answer(outputs)


@given(st.floats(width=32))
def test_floats_read_back_as_the_same_float32(value):
    text = json.dumps(columns_answer({"x": np.array([value], np.float32)}))
    np.testing.assert_array_equal(np.float32(json.loads(text)["outputs"]), np.float32([value]))

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import parse_drawing
from serving.client.drawings import as_bytes


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_sent_as_it_is(text):
    assert as_bytes(text).decode() == text


def test_bytes_that_are_no_utf8_are_what_they_were():
    assert as_bytes(b"[\xff]".decode("utf-8", "surrogateescape")) == b"[\xff]"


@pytest.mark.parametrize(
    "strokes",
    [
        [[[0, 255], [7, 9]]],
        (((0, 255), (7, 9)),),
        np.array([[[0, 255], [7, 9]]]),
        [np.array([[0, 255], [7, 9]], np.uint8)],
        [[np.array([0, 255]), [np.int64(7), 9]]],
    ],
)
def test_simplified_strokes_keep_their_numbers(strokes):
    assert as_bytes(strokes) == b"[[[0,255],[7,9]]]"


def test_raw_strokes_are_simplified():
    assert as_bytes([[[100.5, 610.5], [40, 40], [0, 16]]]) == b"[[[0,255],[0,0]]]"
    assert as_bytes([np.array([[100.5, 610.5], [40, 40]], np.float32)]) == b"[[[0,255],[0,0]]]"


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1, max_size=9))
def test_strokes_of_any_numbers_become_a_drawing(points):
    assert len(parse_drawing(as_bytes([list(zip(*points, strict=True))]).decode())) == 1


@pytest.mark.parametrize("value", [[], [7], [[[1, 2], [3]]], [[[float("nan")], [0.5]]]])
def test_what_is_no_drawing_is_left_to_the_server(value):
    assert as_bytes(value) == json.dumps(value, separators=(",", ":")).encode()

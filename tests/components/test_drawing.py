"""What a drawing is, and the reason why anything else is none."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import InvalidDrawingError, Stroke, parse_drawing

COORDINATES = st.lists(st.integers(0, 255), min_size=1, max_size=6)
STROKES = COORDINATES.flatmap(
    lambda xs: st.tuples(st.just(xs), st.lists(st.integers(0, 255), min_size=len(xs), max_size=len(xs)))
)


def test_strokes_and_points_in_order():
    assert parse_drawing("[[[0, 255], [7, 8]], [[3], [4]]]") == [Stroke([0, 255], [7, 8]), Stroke([3], [4])]


@given(st.lists(STROKES, min_size=1, max_size=5))
def test_every_list_of_strokes_is_a_drawing(strokes):
    assert parse_drawing(json.dumps(strokes)) == [Stroke(xs, ys) for xs, ys in strokes]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[[[1,2],[3,4]]", "not JSON"),
        ("[[[01],[2]]]", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"strokes": []}', "not a list of strokes"),
        ("7", "not a list of strokes"),
        ("[]", "no strokes"),
        ("[[]]", "a stroke is not two lists"),
        ("[[1, 2], [3, 4]]", "a stroke is not two lists"),
        ("[[[1], [2], [0]]]", "a stroke is not two lists"),
        ('[["ab", "cd"]]', "a stroke is not two lists"),
        ("[[[], []]]", "a stroke without points"),
        ("[[[1, 2], [3]]]", "x and y lists differ in length"),
        ("[[[1.0], [2]]]", "not an integer"),
        ("[[[true], [2]]]", "not an integer"),
        ('[[["1"], [2]]]', "not an integer"),
        ("[[[NaN], [2]]]", "not an integer"),
        ("[[[null], [2]]]", "not an integer"),
        ("[[[256], [2]]]", "coordinate outside 0..255"),
        ("[[[1], [-1]]]", "coordinate outside 0..255"),
        ("[[[1], [99999999999999999999999]]]", "coordinate outside 0..255"),
    ],
)
def test_reason(text, reason):
    with pytest.raises(InvalidDrawingError) as error:
        parse_drawing(text)
    assert error.value.reason == reason


@given(st.text(alphabet='[]{}0123456789,. -"eE\n'))
def test_any_text_is_a_drawing_or_has_a_reason(text):
    try:
        strokes = parse_drawing(text)
    except InvalidDrawingError as error:
        assert error.reason
    else:
        assert strokes

"""The vectorized count of strokes and points agrees with the parser."""

import json

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from components.drawing import InvalidDrawingError, parse_drawing
from components.example_gen.drawing_shapes import measure_drawings


def test_counts_and_reasons():
    texts = [b"[[[1,2],[3,4]],[[5],[6]]]", b"[[[1,2],[3]]]", b" [[[7], [8]]]", b"[]", b"[[[0, 255, 9], [1, 2, 3]]]"]
    shapes = measure_drawings(pa.array(texts, pa.binary()))
    assert shapes.strokes.tolist() == [2, 0, 1, 0, 1]
    assert shapes.points.tolist() == [3, 0, 1, 0, 3]
    assert shapes.errors == {1: "x and y lists differ in length", 3: "no strokes"}


def test_no_drawings():
    assert measure_drawings(pa.array([], pa.binary())).errors == {}


AXIS = st.lists(st.integers(-1, 256), max_size=3)
ALMOST = st.lists(st.lists(AXIS, min_size=1, max_size=3), max_size=4)
TEXTS = st.one_of(
    ALMOST.map(json.dumps),
    ALMOST.map(lambda strokes: json.dumps(strokes, separators=(",", ":"))),
    st.text(alphabet="[],123 ", max_size=30),
)


@given(st.lists(TEXTS, max_size=8))
def test_agrees_with_the_parser(texts):
    shapes = measure_drawings(pa.array([text.encode() for text in texts], pa.binary()))
    for index, text in enumerate(texts):
        try:
            strokes = parse_drawing(text)
        except InvalidDrawingError as error:
            assert (shapes.errors[index], shapes.strokes[index], shapes.points[index]) == (error.reason, 0, 0)
        else:
            assert shapes.strokes[index] == len(strokes)
            assert shapes.points[index] == sum(len(stroke.xs) for stroke in strokes)
            assert index not in shapes.errors

import json

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from components.transform import drawing_parser
from tests.oracles.pillow_draw_it import read_drawing

GOOD = b"[[[1,2,3],[4,5,6]],[[7],[8]]]"

parse = tf.function(drawing_parser.parse, input_signature=[tf.TensorSpec([None], tf.string)])


def strokes_by_drawing(points: drawing_parser.Points) -> list[list[list[list[int]]]]:
    """Puts flat points back into nested lists."""
    drawings: list[list[list[list[int]]]] = [[] for _ in range(len(points.valid))]
    last_stroke = None
    for x, y, stroke, drawing in zip(*(field.numpy().tolist() for field in points[:4]), strict=True):
        if stroke != last_stroke:
            drawings[drawing].append([[], []])
        last_stroke = stroke
        drawings[drawing][-1][0].append(x)
        drawings[drawing][-1][1].append(y)
    return drawings


def test_points_strokes_and_drawings():
    points = parse([GOOD, b"[[[255,0],[0,255]]]"])

    assert points.x.numpy().tolist() == [1, 2, 3, 7, 255, 0]
    assert points.y.numpy().tolist() == [4, 5, 6, 8, 0, 255]
    assert points.stroke.numpy().tolist() == [0, 0, 0, 1, 2, 2]
    assert points.drawing.numpy().tolist() == [0, 0, 0, 0, 1, 1]
    assert points.valid.numpy().tolist() == [True, True]


def test_no_drawings():
    points = parse(tf.constant([], tf.string))

    assert points.x.shape == (0,)
    assert points.valid.shape == (0,)


@pytest.mark.parametrize(
    "text",
    [
        b" [\t[\n[ 1 ,\r2 ] , [ 3 , 4 ] ] ] \n",
        b"[[[0,10,100],[9,99,255]]]",
        b"[[[0],[0]]]",
        b"[[[1],[1]],[[1],[1]],[[1],[1]],[[1],[1]]]",
    ],
)
def test_well_formed(text):
    points = parse([text])

    assert points.valid.numpy().tolist() == [True]
    assert strokes_by_drawing(points) == [json.loads(text)]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"   ",
        b"[]",
        b"[[]]",
        b"[[[],[]]]",
        b"[[[1],[]]]",
        b"[[[1]]]",
        b"[[[1],[2],[3]]]",
        b"[[[1,2],[3]]]",
        b"[[[1],[2,3]]]",
        b"[[1],[2]]",
        b"[[[[1],[2]]]]",
        b"[[[1],[2]]",
        b"[[[1],[2]]]]",
        b"[[[1],[2]]][[[1],[2]]]",
        b"[[[1],[2]]],",
        b",[[[1],[2]]]",
        b"[[[1],[2]],]",
        b"[[[1,],[2]]]",
        b"[[[,1],[2]]]",
        b"[[[1,,2],[2,3]]]",
        b"[[[1][2]]]",
        b"[[[1],[2]][[1],[2]]]",
        b"[5,[[1],[2]]]",
        b"[[5,[1],[2]]]",
        b"[[[1],[2]],5]",
        b"[[[1 2],[3]]]",
        b"[[[1.0],[2]]]",
        b"[[[1e1],[2]]]",
        b"[[[-1],[2]]]",
        b"[[[-0],[2]]]",
        b"[[[+1],[2]]]",
        b"[[[256],[2]]]",
        b"[[[1],[999]]]",
        b"[[[1000],[2]]]",
        b"[[[4294967297],[2]]]",
        b"[[[18446744073709551617],[2]]]",
        b"[[[007],[2]]]",
        b"[[[00],[2]]]",
        b"[[[01],[2]]]",
        b"[[[true],[2]]]",
        b'[[["1"],[2]]]',
        b"[[[null],[2]]]",
        b"[[[1],[2]]]\0",
        b"\0[[[1],[2]]]",
        b"[[[1],\0[2]]]",
        b"[[[1],[2]]]\0[[[1],[2]]]",
        b"[[[1],[2]]]\x0b",
        b"\xef\xbb\xbf[[[1],[2]]]",
        b"[[[1\xc2\xa0],[2]]]",
        b"[[[\xd9\xa1],[\xd9\xa2]]]",
        b"[[[1],[2]]] // comment",
        b'{"drawing": [[[1],[2]]]}',
        b"NaN",
        b"drawing",
    ],
)
def test_malformed_is_told_and_costs_its_neighbours_nothing(text):
    assert read_drawing(text) is None

    points = parse([GOOD, text, text, GOOD])

    assert points.valid.numpy().tolist() == [True, False, False, True]
    assert strokes_by_drawing(points) == [json.loads(GOOD), [], [], json.loads(GOOD)]


@pytest.mark.parametrize("unit", [b"[", b"]", b"[[[", b"9", b",", b" ", b"\0", b"\xff", b"[[[1],[2]]]", b"1,"])
def test_ten_megabytes_of_junk_harm_no_neighbour(unit):
    points = parse([GOOD, unit * (10_000_000 // len(unit)), GOOD])

    assert points.valid.numpy().tolist() == [True, False, True]
    assert strokes_by_drawing(points) == [json.loads(GOOD), [], json.loads(GOOD)]


def test_a_stroke_of_a_hundred_thousand_points():
    xs = np.random.default_rng(0).integers(0, 256, 100_000).tolist()

    points = parse([GOOD, json.dumps([[xs, xs[::-1]]]).encode()])

    assert points.x.numpy().tolist()[4:] == xs
    assert points.y.numpy().tolist()[4:] == xs[::-1]


coordinates = st.one_of(st.integers(0, 255), st.sampled_from([0, 9, 10, 99, 100, 199, 200, 249, 250, 255]))
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=4).map(
    lambda points: [[x for x, _ in points], [y for _, y in points]]
)
separators = st.sampled_from([(",", ":"), (", ", ":"), (" ,\n\t", ":")])
texts = st.builds(
    lambda drawing, separator: json.dumps(drawing, separators=separator).encode(),
    st.lists(strokes, min_size=1, max_size=3),
    separators,
)
inserted = st.one_of(st.binary(min_size=1, max_size=1), st.sampled_from([bytes([b]) for b in b"[],0123456789 -.\0"]))


@st.composite
def mutated_texts(draw) -> bytes:
    """A drawing's text with up to three bytes deleted, inserted or replaced."""
    text = draw(texts)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        removed = draw(st.integers(0, 1))
        added = draw(st.one_of(st.just(b""), inserted))
        text = text[:place] + added + text[place + removed :]
    return text


@settings(max_examples=200)
@given(st.lists(mutated_texts(), min_size=1, max_size=20))
def test_accepts_and_reads_what_the_strict_reader_does(batch):
    points = parse(batch)

    expected = [read_drawing(text) for text in batch]
    assert points.valid.numpy().tolist() == [drawing is not None for drawing in expected]
    assert strokes_by_drawing(points) == [drawing or [] for drawing in expected]

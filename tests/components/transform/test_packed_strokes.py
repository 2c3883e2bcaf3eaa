import json

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from components.transform.drawing_parser import Points, parse
from components.transform.packed_strokes import pack_strokes, unpack_strokes

TWO_STROKES = b"[[[1,2,255],[4,5,0]],[[7],[8]]]"
ONE_STROKE = b"[[[40,41],[50,51]]]"
# A closed square, a zigzag and a dot of two equal points, with the numbers of points that real drawings have.
REAL_LOOKING = [
    b"[[[0,255,255,0,0],[0,0,160,160,0]],[[0,128,255],[0,90,0]]]",
    json.dumps([[[(7 * i) % 256 for i in range(38)], [(11 * i) % 256 for i in range(38)]]]).encode(),
    b"[[[3,3],[3,3]]]",
]


def assert_equal(actual: Points, expected: Points) -> None:
    # The parser also counts the strokes of drawings that it refuses for a coordinate, so its numbers may have gaps.
    stroke = tf.unique(expected.stroke).idx
    for name, value in expected._replace(stroke=stroke)._asdict().items():
        assert getattr(actual, name).dtype == value.dtype, name
        np.testing.assert_array_equal(getattr(actual, name), value, name)


def test_three_bytes_a_point() -> None:
    packed = pack_strokes(parse(tf.constant([TWO_STROKES, b"[[[1,2],[3]]]", ONE_STROKE])))

    #                               x    y   begins
    assert packed.numpy().tolist() == [
        bytes([1, 4, 1, 2, 5, 0, 255, 0, 0, 7, 8, 1]),
        b"",
        bytes([40, 50, 1, 41, 51, 0]),
    ]


def test_unpacked_by_eye() -> None:
    points = unpack_strokes(tf.constant([b"", bytes([1, 4, 1, 2, 5, 0, 7, 8, 1]), bytes([40, 50, 1])]))

    assert points.x.numpy().tolist() == [1, 2, 7, 40]
    assert points.y.numpy().tolist() == [4, 5, 8, 50]
    assert points.stroke.numpy().tolist() == [0, 0, 1, 2]
    assert points.drawing.numpy().tolist() == [1, 1, 1, 2]
    assert points.valid.numpy().tolist() == [False, True, True]


@pytest.mark.parametrize(
    "texts",
    [
        REAL_LOOKING,
        [b"junk", REAL_LOOKING[0], b"", b"[[[256],[1]]]", REAL_LOOKING[1], b"[]"],
        [b"junk", b"[[[1],[]]]"],
        [ONE_STROKE],
        [],
    ],
    ids=["real looking", "malformed among good ones", "all malformed", "one", "none"],
)
def test_unpack_undoes_pack(texts: list[bytes]) -> None:
    points = parse(tf.constant(texts, tf.string))

    packed = pack_strokes(points)

    assert packed.shape == (len(texts),)
    assert_equal(unpack_strokes(packed), points)


coordinates = st.integers(0, 255)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5).map(
    lambda points: [list(axis) for axis in zip(*points, strict=True)]
)
texts_of_drawings = st.lists(strokes, min_size=1, max_size=4).map(lambda drawing: json.dumps(drawing).encode())


@settings(max_examples=100)
@given(st.lists(st.one_of(texts_of_drawings, st.sampled_from([b"", b"[[[1,2],[3]]]", b"[[[256],[1]]]"])), max_size=8))
def test_any_batch_comes_back(texts: list[bytes]) -> None:
    points = parse(tf.constant(texts, tf.string))

    assert_equal(unpack_strokes(pack_strokes(points)), points)


def test_a_drawing_is_packed_alike_alone_and_among_others() -> None:
    alone = [pack_strokes(parse(tf.constant([text]))).numpy()[0] for text in REAL_LOOKING]

    together = pack_strokes(parse(tf.constant([*REAL_LOOKING, b"?", *REAL_LOOKING[::-1]])))

    assert together.numpy().tolist() == [*alone, b"", *alone[::-1]]


def test_a_graph_with_an_unknown_number_of_drawings() -> None:
    texts = tf.TensorSpec([None], tf.string)
    there_and_back = tf.function(lambda batch: unpack_strokes(pack_strokes(parse(batch))), input_signature=[texts])
    pack = tf.function(lambda batch: pack_strokes(parse(batch)), input_signature=[texts])

    for batch in ([], [b"?"], [*REAL_LOOKING, b"?"]):
        assert_equal(there_and_back(tf.constant(batch, tf.string)), parse(tf.constant(batch, tf.string)))
    assert pack.get_concrete_function().output_shapes.as_list() == [None]


def test_bytes_that_are_no_points_are_refused() -> None:
    with pytest.raises(tf.errors.InvalidArgumentError):
        unpack_strokes(tf.constant([bytes([1, 2])]))

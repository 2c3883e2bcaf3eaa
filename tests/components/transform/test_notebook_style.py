import csv
import pathlib

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from components.transform.rasterizer import rasterize, rasterize_with_validity
from tests.components.transform.nasty_drawings import nasty_drawings, texts_of
from tests.oracles.pillow_draw_it import draw_it, draw_text

BATCH = 1000

rasterize_at_32 = tf.function(rasterize_with_validity, input_signature=[tf.TensorSpec([None], tf.string)])


def test_a_picture_to_check_by_eye():
    image = rasterize(tf.constant([b"[[[20,236],[20,20]],[[20,236],[20,236]]]"]), size=32)[0].numpy()

    rows = ["".join("#" if pixel == 0 else "." for pixel in row) for row in image]
    assert rows[:6] == [
        "................................",
        "................................",
        "..############################..",
        "...#............................",
        "....#...........................",
        ".....#..........................",
    ]
    assert rows[29:] == [
        ".............................#..",
        "................................",
        "................................",
    ]


def test_one_point_draws_nothing_and_two_equal_points_draw_one_pixel():
    images = rasterize(tf.constant([b"[[[20],[12]]]", b"[[[20,20],[12,12]]]"])).numpy()

    assert (images[0] == 255).all()
    assert np.argwhere(images[1] == 0).tolist() == [[1, 2]]


def test_nasty_drawings_at_the_notebook_s_size():
    drawings = nasty_drawings(np.random.default_rng(11), 6000)

    images, valid = rasterize_at_32(texts_of(drawings))

    assert valid.numpy().all()
    assert (images.numpy() != np.stack([draw_it(drawing) for drawing in drawings])).sum() == 0


@pytest.mark.parametrize("size", [28, 64, 96, 101, 128])
def test_nasty_drawings_at_other_sizes(size):
    drawings = nasty_drawings(np.random.default_rng(size), 500)

    images = rasterize(tf.constant(texts_of(drawings)), size=size).numpy()

    assert (images != np.stack([draw_it(drawing, size) for drawing in drawings])).sum() == 0


stroke_points = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=6)
drawings_strategy = st.lists(
    stroke_points.map(lambda points: [list(axis) for axis in zip(*points, strict=True)]), min_size=1, max_size=3
)


@settings(max_examples=150)
@given(st.lists(drawings_strategy, min_size=1, max_size=20))
def test_any_drawing(drawings):
    images, _ = rasterize_at_32(texts_of(drawings))

    assert (images.numpy() != np.stack([draw_it(drawing) for drawing in drawings])).sum() == 0


@pytest.mark.exhaustive
def test_a_million_nasty_drawings():
    rng = np.random.default_rng(1)
    for _ in range(1_000_000 // BATCH):
        drawings = nasty_drawings(rng, BATCH)
        images, _ = rasterize_at_32(texts_of(drawings))
        assert (images.numpy() != np.stack([draw_it(drawing) for drawing in drawings])).sum() == 0


def texts_in(file: pathlib.Path) -> list[bytes]:
    with file.open(newline="") as rows:
        return [row["drawing"].encode() for row in csv.DictReader(rows)]


def assert_equals_oracle(texts: list[bytes]) -> None:
    for begin in range(0, len(texts), BATCH):
        batch = texts[begin : begin + BATCH]
        images, valid = rasterize_at_32(batch)
        assert valid.numpy().all()
        assert (images.numpy() != np.stack([draw_text(text)[0] for text in batch])).sum() == 0


@pytest.mark.real_data
def test_real_drawings(real_data_dir: pathlib.Path):
    assert_equals_oracle(texts_in(real_data_dir / "train_simplified" / "airplane.csv"))


@pytest.mark.exhaustive
@pytest.mark.real_data
def test_every_real_drawing(real_data_dir: pathlib.Path):
    files = [*sorted((real_data_dir / "train_simplified").glob("*.csv")), real_data_dir / "test_simplified.csv"]
    for file in files:
        assert_equals_oracle(texts_in(file))

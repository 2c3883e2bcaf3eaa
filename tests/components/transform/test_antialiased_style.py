import itertools

import numpy as np
import pytest
import tensorflow as tf

from components.transform.antialiased_style import pen_width
from components.transform.rasterizer import rasterize
from tests.components.transform.nasty_drawings import Strokes, nasty_drawings, texts_of


def brute_force(strokes: Strokes, size: int) -> np.ndarray:
    """The formula of the style in float64, every pixel against every segment."""
    scale = size / 256
    x, y = np.meshgrid(np.arange(size) + 0.5, np.arange(size) + 0.5)
    nearest = np.full((size, size), np.inf)
    for xs, ys in strokes:
        points = (np.stack([xs, ys], axis=1) + 0.5) * scale
        for (ax, ay), (bx, by) in itertools.pairwise(points):
            length_squared = (bx - ax) ** 2 + (by - ay) ** 2
            along = (x - ax) * (bx - ax) + (y - ay) * (by - ay)
            part = np.clip(along / length_squared, 0, 1) if length_squared else 0
            nearest = np.minimum(nearest, np.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)))
    ink = np.clip(max(1, 5 * scale) / 2 + 0.5 - nearest, 0, 1)
    return np.round(255 * (1 - ink))


@pytest.mark.parametrize("size", [28, 32, 64, 128])
def test_equals_the_formula(size):
    drawings = nasty_drawings(np.random.default_rng(size), 150)

    images = rasterize(tf.constant(texts_of(drawings)), "antialiased", size).numpy()

    # float32 against float64: a value may round to the other neighbour, which happens in about one pixel of 100,000.
    difference = np.abs(images - np.stack([brute_force(drawing, size) for drawing in drawings]))
    assert difference.max() <= 1
    assert (difference > 0).mean() < 1e-4


def test_a_horizontal_stroke_by_eye():
    # The pen is 1 pixel wide. y = 127 is at (127 + 1/2) / 8 = 15.9375: 0.4375 below the centre of row 15 and 0.5625
    # above that of row 16, so the inks are 1 - 0.4375 and 1 - 0.5625.
    image = rasterize(tf.constant([b"[[[40,200],[127,127]]]"]), "antialiased", 32)[0].numpy()

    assert image[14:18, 16].tolist() == [255, round(255 * 0.4375), round(255 * 0.5625), 255]


def test_grey_is_symmetric():
    text, mirrored = b"[[[10,90,200],[30,180,60]]]", b"[[[245,165,55],[30,180,60]]]"
    images = rasterize(tf.constant([text, mirrored]), "antialiased", 64).numpy().astype(int)

    assert np.abs(images[0] - images[1][:, ::-1]).max() <= 1


def test_one_point_draws_nothing_and_two_equal_points_a_dot():
    images = rasterize(tf.constant([b"[[[20],[12]]]", b"[[[20,20],[12,12]]]"]), "antialiased").numpy()

    assert (images[0] == 255).all()
    assert images[1].min() < 50


def test_pen_width():
    assert [pen_width(size) for size in (28, 32, 64, 128)] == [1.0, 1.0, 1.25, 2.5]

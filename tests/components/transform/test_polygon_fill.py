import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from components.transform import notebook_style, polygon_fill
from components.transform.segments import Segments
from tests.oracles.pillow_draw_it import draw_it

SIZES = [28, 32, 48, 65, 96, 127, 128]


def segments_from(ends: np.ndarray) -> Segments:
    """Makes each row `x0, y0, x1, y1` a drawing of one segment."""
    columns = tf.constant(ends.astype(np.int32))
    return Segments(*tf.unstack(columns, axis=1), tf.range(len(ends)))


def differing_pixels(ends: np.ndarray, size: int) -> int:
    images = notebook_style.draw(segments_from(ends), tf.constant(len(ends)), size).numpy()
    expected = np.stack([draw_it([[[x0, x1], [y0, y1]]], size) for x0, y0, x1, y1 in ends.tolist()])
    assert images.shape == expected.shape
    return int((images != expected).sum())


@pytest.mark.parametrize("size", range(28, 129))
def test_sampled_pixels_are_those_of_pillow_s_resize(size):
    canvas = Image.fromarray(np.arange(256, dtype=np.uint8)[np.newaxis].repeat(256, axis=0), "P")

    assert polygon_fill.sampled_pixels(size).tolist() == np.array(canvas.resize((size, size)))[0].tolist()


def test_sampled_pixels_of_the_notebook():
    assert polygon_fill.sampled_pixels(32).tolist() == list(range(4, 256, 8))


def test_spans_of_a_horizontal_and_a_vertical_segment():
    ends = np.array([[10, 20, 40, 20], [100, 20, 100, 40]])

    spans = polygon_fill.fill_spans(segments_from(ends), 32)

    # Pixels 8c + 4 are looked at. The first covers rows 18..22 and columns 10..40, the second rows 20..40 and
    # columns 98..102.
    assert spans.drawing.numpy().tolist() == [0, 1, 1, 1]
    assert spans.row.numpy().tolist() == [2, 2, 3, 4]
    assert spans.first.numpy().tolist() == [1, 12, 12, 12]
    assert spans.end.numpy().tolist() == [5, 13, 13, 13]


def test_every_direction_and_length_up_to_24():
    steps = np.stack(np.meshgrid(np.arange(-24, 25), np.arange(-24, 25)), axis=-1).reshape(-1, 2)
    start = np.random.default_rng(1).integers(30, 225, steps.shape)

    assert differing_pixels(np.concatenate([start, start + steps], axis=1), 128) == 0


def test_both_directions_give_the_same_polygon():
    ends = np.random.default_rng(2).integers(0, 256, (2000, 4))
    images = [
        notebook_style.draw(segments_from(each), tf.constant(len(ends)), 64).numpy()
        for each in (ends, ends[:, [2, 3, 0, 1]])
    ]

    assert (images[0] == images[1]).all()


@pytest.mark.parametrize("size", SIZES)
def test_random_segments(size):
    assert differing_pixels(np.random.default_rng(size).integers(0, 256, (1500, 4)), size) == 0


def test_segments_that_leave_the_canvas_are_cut_off():
    assert differing_pixels(np.random.default_rng(3).integers(-300, 556, (2000, 4)), 64) == 0


def test_a_row_end_that_one_float32_rounding_decides():
    # In row 187 the right side is at 127.50001 (float32): pixel 128 is inked, which 127.50001 + 0.5 = 128 would lose.
    assert differing_pixels(np.array([[255, 196, 0, 182]]), 65) == 0


@pytest.mark.exhaustive
def test_every_direction_there_is():
    """All steps (dx, dy) of the canvas from two places each: 522,242 segments."""
    for dy in range(-255, 256):
        steps = np.stack([np.arange(-255, 256), np.full(511, dy)], axis=1)
        room = 255 - np.abs(steps)
        for place in (0, 1):
            start = np.maximum(-steps, 0) + np.random.default_rng([dy + 255, place]).integers(0, room + 1)
            assert differing_pixels(np.concatenate([start, start + steps], axis=1), 128) == 0, dy

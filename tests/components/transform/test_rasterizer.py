import pathlib

import numpy as np
import pytest
import tensorflow as tf

from components.transform.drawing_parser import Points, parse
from components.transform.rasterizer import STYLES, draw, rasterize, rasterize_with_validity
from tests.components.transform.nasty_drawings import nasty_drawings, texts_of

GOOD = b"[[[10,200],[20,220]]]"


def shifted(text: bytes, right: float, down: float) -> Points:
    """The points of a drawing, moved by a part of a unit."""
    points = parse(tf.constant([text]))
    return points._replace(x=tf.cast(points.x, tf.float32) + right, y=tf.cast(points.y, tf.float32) + down)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [28, 32, 128])
def test_shape_type_and_range(style, size):
    images = rasterize(tf.constant([GOOD, GOOD]), style, size)

    assert images.shape == (2, size, size)
    assert images.dtype == tf.uint8
    assert tf.reduce_min(images) < 128
    assert images[0, 0, size - 1] == 255


@pytest.mark.parametrize("style", STYLES)
def test_a_malformed_text_is_paper_and_harms_no_other(style):
    alone = rasterize(tf.constant([GOOD]), style)[0]

    images, valid = rasterize_with_validity(tf.constant([GOOD, b"[[[1,2],[3]]]", b"[[[1,200],[3,-4]]]", GOOD]), style)

    assert valid.numpy().tolist() == [True, False, False, True]
    assert (images.numpy()[1:3] == 255).all()
    assert (images.numpy()[[0, 3]] == alone.numpy()).all()


@pytest.mark.parametrize("style", STYLES)
def test_no_drawings_give_no_images(style):
    images, valid = rasterize_with_validity(tf.constant([], tf.string), style)

    assert images.shape == (0, 32, 32)
    assert valid.shape == (0,)


def test_static_shape_with_an_unknown_number_of_drawings():
    traced = tf.function(rasterize, input_signature=[tf.TensorSpec([None], tf.string)])

    assert traced.get_concrete_function().output_shapes.as_list() == [None, 32, 32]


@pytest.mark.parametrize("style", STYLES)
def test_graph_has_only_ops_that_a_stock_server_knows(style):
    traced = tf.function(
        lambda drawings: rasterize(drawings, style), input_signature=[tf.TensorSpec([None], tf.string)]
    )
    graph = traced.get_concrete_function().graph

    operations = {operation.type for operation in graph.get_operations()}
    assert not {op for op in operations if "PyFunc" in op}
    assert not {op for op in operations if "While" in op}


@pytest.mark.parametrize("style", STYLES)
def test_a_saved_model_gives_the_same_images(style, tmp_path: pathlib.Path):
    module = tf.Module()
    module.draw = tf.function(
        lambda drawings: rasterize(drawings, style), input_signature=[tf.TensorSpec([None], tf.string)]
    )
    tf.saved_model.save(module, str(tmp_path), signatures=module.draw)

    served = tf.saved_model.load(str(tmp_path)).signatures["serving_default"](drawings=tf.constant([GOOD, b"?"]))

    assert np.array_equal(served["output_0"], rasterize(tf.constant([GOOD, b"?"]), style))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("size", [28, 64])
def test_parsed_points_are_drawn_as_their_texts(style, size):
    texts = tf.constant([*texts_of(nasty_drawings(np.random.default_rng(1), 20)), b"?", GOOD])

    assert np.array_equal(draw(parse(texts), style, size), rasterize(texts, style, size))


def test_points_without_a_drawing_give_no_image():
    assert draw(parse(tf.constant([], tf.string)), "antialiased").shape == (0, 32, 32)


def test_half_a_unit_moves_the_ink_between_two_pixels():
    # Eight units are a pixel, the pen is a pixel wide. y = 127 is at (127 + 1/2) / 8 = 15.9375, in row 15 but for a
    # sixteenth; half a unit further it lies on the border of rows 15 and 16, 1/2 from either centre: ink 1/2 in both.
    stroke = b"[[[40,200],[127,127]]]"

    assert draw(shifted(stroke, 0, 0), "antialiased")[0, 14:18, 16].numpy().tolist() == [255, 112, 143, 255]
    assert draw(shifted(stroke, 0, 0.5), "antialiased")[0, 14:18, 16].numpy().tolist() == [255, 128, 128, 255]


def test_whole_float_coordinates_are_drawn_as_integers():
    image = draw(shifted(GOOD, 0, 0), "antialiased", 64)

    assert np.array_equal(image, rasterize(tf.constant([GOOD]), "antialiased", 64))


def test_eight_units_move_the_image_by_one_pixel():
    image = draw(shifted(GOOD, 8, 16), "antialiased")[0].numpy()

    assert np.array_equal(image, np.roll(rasterize(tf.constant([GOOD]), "antialiased")[0], (2, 1), axis=(0, 1)))


def test_what_lies_outside_the_canvas_is_cut_off():
    inside = shifted(b"[[[0,200],[100,100]]]", 0, 0)
    across = inside._replace(x=tf.constant([-900.5, 200.0]))
    outside = inside._replace(y=inside.y - 300.25)

    assert np.array_equal(draw(across, "antialiased")[0, :, 1:], draw(inside, "antialiased")[0, :, 1:])
    assert (draw(outside, "antialiased").numpy() == 255).all()


@pytest.mark.parametrize("call", [lambda style: rasterize(tf.constant([GOOD]), style), lambda style: draw(None, style)])
def test_unknown_style(call):
    with pytest.raises(ValueError, match="unknown style 'oil'; choose one of: notebook, antialiased"):
        call("oil")


@pytest.mark.parametrize("size", [27, 129, 0, -1])
def test_size_out_of_range(size):
    with pytest.raises(ValueError, match=f"size {size} is out of range; choose 28 to 128"):
        rasterize(tf.constant([GOOD]), size=size)


def test_a_matrix_of_texts_is_refused():
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="not compatible"):
        rasterize(tf.constant([[GOOD]]))

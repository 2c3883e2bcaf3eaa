import pathlib

import numpy as np
import pytest
import tensorflow as tf

from components.transform.rasterizer import STYLES, rasterize, rasterize_with_validity

GOOD = b"[[[10,200],[20,220]]]"


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


def test_unknown_style():
    with pytest.raises(ValueError, match="unknown style 'oil'; choose one of: notebook, antialiased"):
        rasterize(tf.constant([GOOD]), "oil")


@pytest.mark.parametrize("size", [27, 129, 0, -1])
def test_size_out_of_range(size):
    with pytest.raises(ValueError, match=f"size {size} is out of range; choose 28 to 128"):
        rasterize(tf.constant([GOOD]), size=size)


def test_a_matrix_of_texts_is_refused():
    with pytest.raises((ValueError, tf.errors.InvalidArgumentError), match="not compatible"):
        rasterize(tf.constant([[GOOD]]))

import numpy as np
import pytest
import tensorflow as tf

from components.transform.packed_image import pack, unpack


def test_packed_is_the_bytes_row_by_row():
    images = tf.constant([[[0, 1], [2, 255]], [[10, 13], [0, 92]]], tf.uint8)

    assert pack(images).numpy().tolist() == [b"\x00\x01\x02\xff", b"\n\r\x00\\"]


@pytest.mark.parametrize("count", [0, 1, 7, 300])
@pytest.mark.parametrize("size", [28, 32, 128])
def test_unpack_undoes_pack(count, size):
    images = np.random.default_rng(count).integers(0, 256, (count, size, size)).astype(np.uint8)

    packed = pack(tf.constant(images))

    assert packed.shape == (count,)
    assert np.array_equal(unpack(packed, size), images)


def test_a_graph_with_an_unknown_number_of_images():
    there_and_back = tf.function(
        lambda images: unpack(pack(images), 32), input_signature=[tf.TensorSpec([None, 32, 32], tf.uint8)]
    )
    images = np.arange(3 * 1024).reshape(3, 32, 32).astype(np.uint8)

    assert np.array_equal(there_and_back(images), images)
    assert there_and_back.get_concrete_function().output_shapes.as_list() == [None, 32, 32]


def test_unpack_refuses_images_of_another_size():
    packed = pack(tf.zeros([2, 28, 28], tf.uint8))

    with pytest.raises(tf.errors.InvalidArgumentError):
        unpack(packed, 32)

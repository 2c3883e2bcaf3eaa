import numpy as np
import pytest
import tensorflow as tf

from components.errors import UsageError
from components.trainer.model_input.form import images_to_model_input, place, points_to_model_input
from components.trainer.training_config import TrainingConfig
from components.transform.drawing_parser import parse
from components.transform.rasterizer import rasterize

LINE = "[[[0,255],[128,128]]]"
TWO_STROKES = "[[[0,255],[20,20]],[[0,255],[228,228]]]"


def test_is_the_notebooks_division_by_255() -> None:
    images = tf.constant([[[0, 51], [204, 255]]], tf.uint8)
    np.testing.assert_allclose(images_to_model_input(images)[0, ..., 0], [[0.0, 0.2], [0.8, 1.0]], rtol=1e-6)
    np.testing.assert_allclose(
        images_to_model_input(images, inverted=True)[0, ..., 0], [[1.0, 0.8], [0.2, 0.0]], atol=1e-6
    )
    assert images_to_model_input(images).shape == (1, 2, 2, 1)


def test_a_drawn_image_is_what_a_stored_one_would_be() -> None:
    config = TrainingConfig(image_style="antialiased", image_size=28)
    texts = tf.constant([LINE, TWO_STROKES])
    drawn = points_to_model_input(place(parse(texts), config), config)
    np.testing.assert_array_equal(drawn, images_to_model_input(rasterize(texts, "antialiased", 28)))


def test_time_slices_are_images_one_after_the_other_and_their_darkest_is_the_whole() -> None:
    config = TrainingConfig(image_style="antialiased", time_slices=2)
    image = points_to_model_input(parse(tf.constant([TWO_STROKES])), config).numpy()[0]
    first, second = image[..., 0], image[..., 1]
    assert first[2].mean() < 0.2
    assert (first[16:] == 1).all()
    assert second[28].mean() < 0.2
    assert (second[:16] == 1).all()
    whole = points_to_model_input(parse(tf.constant([TWO_STROKES])), TrainingConfig(image_style="antialiased"))
    np.testing.assert_array_equal(np.minimum(first, second), whole[0, ..., 0])


def test_with_a_sequence_there_are_two_inputs() -> None:
    config = TrainingConfig(network="sketch", image_style="antialiased", time_slices=3, sequence_length=10)
    seen = points_to_model_input(parse(tf.constant([LINE, "no drawing"])), config)
    assert {name: value.shape for name, value in seen.items()} == {"image": (2, 32, 32, 3), "sequence": (2, 10, 8)}


def test_no_drawings_make_no_input() -> None:
    config = TrainingConfig(image_style="antialiased", centred=True, time_slices=3, sequence_length=10)
    seen = points_to_model_input(place(parse(tf.constant([], tf.string)), config), config)
    assert {name: value.shape for name, value in seen.items()} == {"image": (0, 32, 32, 3), "sequence": (0, 10, 8)}


def test_what_does_not_go_together_is_refused() -> None:
    with pytest.raises(UsageError, match="style notebook draws whole coordinates only"):
        TrainingConfig(centred=True)
    with pytest.raises(UsageError, match="test_time_flip needs centred"):
        TrainingConfig(test_time_flip=True)

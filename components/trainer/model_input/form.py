"""Points or images -> what a network takes. The one place for it: training, evaluation and every signature call it."""

from typing import TypeAlias

import tensorflow as tf

from components.trainer.model_input.centring import centre
from components.trainer.model_input.point_sequence import point_sequence
from components.trainer.model_input.time_slices import slice_by_time
from components.trainer.training_config import TrainingConfig
from components.transform.drawing_parser import Points
from components.transform.rasterizer import draw

ModelInput: TypeAlias = tf.Tensor | dict[str, tf.Tensor]


def images_to_model_input(images: tf.Tensor, inverted: bool = False) -> tf.Tensor:
    """Gives rastered images the form that networks take.

    Args:
        images: uint8 `[N, size, size]`, ink 0 on paper 255.
        inverted: whether ink becomes 1 and paper 0.

    Returns:
        float32 `[N, size, size, 1]` in 0..1; not inverted, the notebook's `np.array(image) / 255.`
    """
    values = tf.cast(images, tf.float32)[..., tf.newaxis] / 255.0
    return 1.0 - values if inverted else values


def place(points: Points, config: TrainingConfig) -> Points:
    """Puts each drawing where a network expects it; before it is varied, if it is.

    Args:
        points: of N drawings.
        config: `centred`.

    Returns:
        The points, in float coordinates if they were centred.
    """
    return centre(points) if config.centred else points


def points_to_model_input(points: Points, config: TrainingConfig) -> ModelInput:
    """Draws points, and lists them where the network reads them too.

    Args:
        points: of `place`, N drawings.
        config: image and sequence.

    Returns:
        float32 `[N, size, size, time_slices]` in 0..1; with `sequence_length`, a dict of that as `image` and of
        `sequence`, see `components.trainer.model_input.point_sequence`.
    """
    images = _draw(points, config)
    if not config.sequence_length:
        return images
    return {"image": images, "sequence": point_sequence(points, config.sequence_length)}


def _draw(points: Points, config: TrainingConfig) -> tf.Tensor:
    slices, size = config.time_slices, config.image_size
    if slices == 1:
        return images_to_model_input(draw(points, config.image_style, size), config.inverted)
    images = images_to_model_input(draw(slice_by_time(points, slices), config.image_style, size), config.inverted)
    return tf.transpose(tf.reshape(images, [-1, slices, size, size]), [0, 2, 3, 1])

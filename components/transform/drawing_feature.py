"""What Transform makes of a drawing: its image, or its strokes for a training that draws them itself."""

import tensorflow as tf

from components.transform.drawing_parser import parse
from components.transform.features import IMAGE, PACKED_STROKES
from components.transform.packed_image import pack
from components.transform.packed_strokes import pack_strokes
from components.transform.rasterizer import rasterize


def drawing_feature(drawings: tf.Tensor, feature: str, image_style: str, image_size: int) -> dict[str, tf.Tensor]:
    """Makes of each drawing what a training learns from.

    Args:
        drawings: string `[N]`, the JSON text of each drawing.
        feature: `image` or `packed_strokes`.
        image_style: raster style, for `image`.
        image_size: pixels along one side, for `image`.

    Returns:
        string `[N]` under the feature's name.

    Raises:
        ValueError: there is no such feature.
    """
    if feature == PACKED_STROKES:
        return {feature: _pack_strokes(drawings)}
    if feature == IMAGE:
        return {feature: _draw(drawings, image_style, image_size)}
    raise ValueError(f"unknown feature {feature!r}; choose {IMAGE} or {PACKED_STROKES}")


# TFT traces its preprocessing_fn five times; functions of their own are traced once.
@tf.function(autograph=False)
def _draw(drawings: tf.Tensor, style: str, size: int) -> tf.Tensor:
    return pack(rasterize(drawings, style=style, size=size))


@tf.function(autograph=False)
def _pack_strokes(drawings: tf.Tensor) -> tf.Tensor:
    return pack_strokes(parse(drawings))

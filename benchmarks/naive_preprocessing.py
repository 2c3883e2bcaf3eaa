"""The peer of `benchmarks/transform.py`: rasterizing in TFT as one writes it first.

Text is split with `tf.strings`, one drawing after the other is drawn by `tf.map_fn` (a pixel is ink where its centre is
within half a pen of a segment), and the image is stored as 1,024 floats. The picture is not the notebook's exactly; the
peer is held against ours for its time only.
"""

from typing import Any

import tensorflow as tf
import tensorflow_transform as tft

_SIZE = 32
_CELL = 256 // _SIZE
_HALF_PEN = 2.5


def preprocessing_fn(inputs: dict[str, tf.Tensor], custom_config: dict[str, Any]) -> dict[str, tf.Tensor]:
    """Rasters the drawing and numbers the word, in the stock way.

    Args:
        inputs: raw features, string `[N]` each.
        custom_config: unused.

    Returns:
        `image` float32 `[N, 1024]`, `label` int64 `[N]`.
    """
    del custom_config
    images = tf.map_fn(_draw, tf.reshape(inputs["drawing"], [-1]), fn_output_signature=tf.float32)
    label = tft.compute_and_apply_vocabulary(tf.reshape(inputs["word"], [-1]), vocab_filename="words")
    return {"image": tf.ensure_shape(images, [None, _SIZE * _SIZE]), "label": label}


def _draw(text: tf.Tensor) -> tf.Tensor:
    strokes = tf.strings.split(tf.strings.regex_replace(text, r"\s", ""), "]],[[")
    axes = tf.strings.split(tf.strings.regex_replace(strokes, r"^\[+|\]+$", ""), "],[").to_tensor()
    x = tf.strings.to_number(tf.strings.split(axes[:, 0], ","))
    y = tf.strings.to_number(tf.strings.split(axes[:, 1], ","))
    ax, ay, bx, by = x[:, :-1].flat_values, y[:, :-1].flat_values, x[:, 1:].flat_values, y[:, 1:].flat_values
    centre = tf.range(_SIZE, dtype=tf.float32) * _CELL + _CELL // 2
    px, py = (tf.reshape(axis, [-1, 1]) for axis in tf.meshgrid(centre, centre))
    dx, dy = bx - ax, by - ay
    way = tf.math.divide_no_nan((px - ax) * dx + (py - ay) * dy, dx * dx + dy * dy)
    way = tf.clip_by_value(way, 0.0, 1.0)
    distance = tf.square(px - ax - way * dx) + tf.square(py - ay - way * dy)
    return tf.cast(tf.reduce_all(distance > _HALF_PEN**2, axis=1), tf.float32)

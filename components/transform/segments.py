"""The straight segments between consecutive points of a stroke."""

from typing import NamedTuple

import tensorflow as tf

from components.transform.drawing_parser import Points


class Segments(NamedTuple):
    """S segments from `(x0, y0)` to `(x1, y1)`, in drawing units (0..255, y down), each with its drawing.

    Attributes:
        x0: int32 `[S]`, or float32 as the points'.
        y0: int32 `[S]`.
        x1: int32 `[S]`.
        y1: int32 `[S]`.
        drawing: int32 `[S]`.
    """

    x0: tf.Tensor
    y0: tf.Tensor
    x1: tf.Tensor
    y1: tf.Tensor
    drawing: tf.Tensor


def segments_of(points: Points) -> Segments:
    """Connect each point with the next one of its stroke; a stroke of one point has no segment."""
    start = tf.where(points.stroke[1:] == points.stroke[:-1])[:, 0]
    end = start + 1
    return Segments(
        tf.gather(points.x, start),
        tf.gather(points.y, start),
        tf.gather(points.x, end),
        tf.gather(points.y, end),
        tf.gather(points.drawing, start),
    )

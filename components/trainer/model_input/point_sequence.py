"""Lists the points of drawings in the order in which they were drawn, for a network that reads them one by one."""

import tensorflow as tf

from components.trainer.model_input.centring import CENTRE
from components.transform.drawing_parser import Points

FEATURES = 8
# Brings coordinates and steps to about -1..1.
_UNIT = 64.0


def point_sequence(points: Points, length: int) -> tf.Tensor:
    """Describes up to `length` points of each drawing; of a longer one, evenly chosen ones.

    The features of a point: the step from the point before it (dx, dy; 0 for a drawing's first), its place (x, y) from
    the centre of the canvas, all in units of 64; 1 where a stroke begins; 1 where it ends; 1 for every point there is;
    its share of the drawing's points before it.

    Args:
        points: of N drawings.
        length: L.

    Returns:
        float32 `[N, L, 8]`, zeros after the last point.
    """
    count = tf.size(points.valid)
    x, y = ((tf.cast(values, tf.float32) - CENTRE) / _UNIT for values in (points.x, points.y))
    sizes = tf.math.unsorted_segment_sum(tf.ones_like(points.drawing), points.drawing, count)
    number = tf.range(tf.size(points.drawing)) - tf.gather(tf.cumsum(sizes, exclusive=True), points.drawing)
    size = tf.gather(sizes, points.drawing)
    begins, ends = _changes(points.stroke)
    features = [
        *(_steps(values, number) for values in (x, y)),
        x,
        y,
        begins,
        ends,
        tf.ones_like(x),
        tf.cast(number, tf.float32) / tf.cast(size, tf.float32),
    ]
    # The first point that falls into a slot stays; a drawing of at most `length` points keeps every one.
    slot = tf.where(size > length, number * length // size, number)
    previous = tf.where(size > length, (number - 1) * length // size, number - 1)
    kept = tf.where((number == 0) | (slot != previous))[:, 0]
    places = tf.stack([tf.gather(points.drawing, kept), tf.gather(slot, kept)], axis=1)
    values = tf.gather(tf.stack(features, axis=1), kept)
    return tf.ensure_shape(tf.scatter_nd(places, values, [count, length, FEATURES]), [None, length, FEATURES])


def _changes(stroke: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """1 where a stroke begins, and 1 where it ends; float32 `[P]` each."""
    change = tf.cast(stroke[1:] != stroke[:-1], tf.float32)
    edge = tf.ones_like(stroke[:1], tf.float32)
    return tf.concat([edge, change], axis=0), tf.concat([change, edge], axis=0)


def _steps(values: tf.Tensor, number: tf.Tensor) -> tf.Tensor:
    steps = tf.concat([tf.zeros_like(values[:1]), values[1:] - values[:-1]], axis=0)
    return tf.where(number == 0, 0.0, steps)

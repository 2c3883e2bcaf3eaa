"""Puts a drawing into the middle of the canvas.

The data set pushes drawings into the top left corner. In the middle, a mirror image of a drawing lies where the drawing
lay, and turning it pushes little of it off the canvas.
"""

import tensorflow as tf

from components.transform.drawing_parser import Points

CENTRE = 127.5
# Leaves room for the pen's width at the edge, and for some turning.
_ZOOM = 0.94


def centre(points: Points) -> Points:
    """Moves the middle of each drawing's box to the middle of the canvas, and shrinks the drawing a little.

    Args:
        points: of N drawings.

    Returns:
        The points in float coordinates.
    """
    x, y = (_centred(values, points) for values in (points.x, points.y))
    return points._replace(x=x, y=y)


def mirror(points: Points) -> Points:
    """Turns centred drawings left to right."""
    return points._replace(x=2 * CENTRE - points.x)


def _centred(values: tf.Tensor, points: Points) -> tf.Tensor:
    values, count = tf.cast(values, tf.float32), tf.size(points.valid)
    low = tf.math.unsorted_segment_min(values, points.drawing, count)
    high = tf.math.unsorted_segment_max(values, points.drawing, count)
    return (values - tf.gather((low + high) / 2, points.drawing)) * _ZOOM + CENTRE

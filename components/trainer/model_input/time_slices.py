"""Cuts drawings into parts that were drawn one after the other, so that an image can tell the order of its strokes."""

import tensorflow as tf

from components.transform.drawing_parser import Points


def slice_by_time(points: Points, slices: int) -> Points:
    """Makes `slices` drawings of each: the first holds the first part of the ink, and so on.

    The parts are equal in length of line; a segment belongs to the part in which its middle is drawn.

    Args:
        points: P points of N drawings.
        slices: parts of a drawing.

    Returns:
        The same P points as points of `N * slices` drawings, the parts of a drawing next to each other.
    """
    part = tf.cast(_share_drawn(points) * slices, tf.int32)
    drawing = points.drawing * slices + tf.minimum(part, slices - 1)
    return points._replace(drawing=drawing, valid=tf.repeat(points.valid, slices))


def _share_drawn(points: Points) -> tf.Tensor:
    """Share of its drawing's ink that is drawn when half of the segment from each point is; float32 `[P]`, 0..1."""
    x, y = tf.cast(points.x, tf.float32), tf.cast(points.y, tf.float32)
    connected = tf.cast(points.stroke[1:] == points.stroke[:-1], tf.float32)
    lengths = tf.concat([tf.sqrt((x[1:] - x[:-1]) ** 2 + (y[1:] - y[:-1]) ** 2) * connected, [0.0]], axis=0)
    lengths = lengths[: tf.size(x)]
    # Sums within each drawing: a running sum over the batch would lose the small ones to rounding.
    totals = tf.math.unsorted_segment_sum(lengths, points.drawing, tf.size(points.valid))
    before = tf.cumsum(tf.cast(lengths, tf.float64), exclusive=True)
    starts = tf.math.unsorted_segment_min(before, points.drawing, tf.size(points.valid))
    drawn = tf.cast(before - tf.gather(starts, points.drawing), tf.float32) + lengths / 2
    return tf.math.divide_no_nan(drawn, tf.gather(totals, points.drawing))

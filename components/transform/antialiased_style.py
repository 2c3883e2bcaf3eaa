"""Style `antialiased`: strokes with soft edges, at any size.

The pen is round. Coordinates are pixels of a 256 x 256 canvas, so the point (x, y) lies at ((x + 1/2) k, (y + 1/2)
k) in the image, with k = size / 256. The pen is as wide as the notebook's, w = 5 k pixels, but at least 1. With d
the distance, in pixels, from the centre of a pixel to the nearest segment,

    ink = clip(w / 2 + 1/2 - d, 0, 1)        value = round(255 (1 - ink))

so that the edge fades over one pixel, as the area covered by a straight edge does to first order. A stroke of one
point has no segment and draws nothing, as in the notebook.
"""

from typing import NamedTuple

import tensorflow as tf

from components.transform import ragged
from components.transform.ink import PAPER
from components.transform.segments import Segments

CANVAS = 256
PEN_WIDTH = 5

# A power of two above the largest number of rows and of columns.
_PIXEL_BOUND = 256


class _Seen(NamedTuple):
    """Segments as seen from rows of pixels; float32 `[R]` each.

    Attributes:
        start_x: x of the segment's start.
        below: how far the centres of the row are below the segment's start.
        dx: the segment's extent to the right.
        dy: its extent downwards.
        inverse: 1 / length^2, 0 for a segment without length.
    """

    start_x: tf.Tensor
    below: tf.Tensor
    dx: tf.Tensor
    dy: tf.Tensor
    inverse: tf.Tensor


class _Bands(NamedTuple):
    """R pairs of a segment and a row of pixels within its reach.

    Attributes:
        row: int32 `[R]`, row among all rows of the batch, drawing * size + row of the image.
        first: int32 `[R]`, first column within reach.
        end: int32 `[R]`, one after the last column within reach.
        seen: the segment as seen from the row.
    """

    row: tf.Tensor
    first: tf.Tensor
    end: tf.Tensor
    seen: _Seen


def pen_width(size: int) -> float:
    """Width of the pen in pixels of an image of `size` pixels."""
    return max(1.0, PEN_WIDTH * size / CANVAS)


def draw(segments: Segments, count: tf.Tensor, size: int) -> tf.Tensor:
    """Draw segments with a round pen; the darkest value wins where strokes overlap.

    Args:
        segments: the segments of all drawings.
        count: int32 scalar N, number of drawings.
        size: width and height in pixels.

    Returns:
        uint8 `[N, size, size]`.
    """
    reach = pen_width(size) / 2 + 0.5
    bands = _bands(segments, size, reach)
    band, column = ragged.expand_ranges(bands.first, bands.end, _PIXEL_BOUND)
    distance = _distance(_Seen(*ragged.take(bands.seen, band)), tf.cast(column, tf.float32) + 0.5)
    ink = tf.clip_by_value(reach - distance, 0, 1)
    value = tf.cast(tf.round(PAPER * (1 - ink)), tf.uint8)
    # A pixel that no pen reaches gets the largest uint8, which is PAPER.
    pixels = tf.math.unsorted_segment_min(value, tf.gather(bands.row, band) * size + column, count * size * size)
    return tf.reshape(pixels, [-1, size, size])


def _bands(segments: Segments, size: int, reach: float) -> _Bands:
    """Pair each segment with the rows, and in each row the columns, that may lie within `reach` pixels of it."""
    x0, y0, x1, y1 = ((tf.cast(field, tf.float32) + 0.5) * (size / CANVAS) for field in segments[:4])
    first_row, end_row = _pixels_between(tf.minimum(y0, y1) - reach, tf.maximum(y0, y1) + reach, size)
    segment, row = ragged.expand_ranges(first_row, end_row, _PIXEL_BOUND)

    dx, dy = x1 - x0, y1 - y0
    inverse = tf.math.divide_no_nan(1.0, dx * dx + dy * dy)
    start_x, start_y, dx, dy, inverse = ragged.take([x0, y0, dx, dy, inverse], segment)
    below = tf.cast(row, tf.float32) + 0.5 - start_y
    near, far = (start_x + dx * _part_of_way(below + offset, dy) for offset in (-reach, reach))
    first, end = _pixels_between(tf.minimum(near, far) - reach, tf.maximum(near, far) + reach, size)
    seen = _Seen(start_x, below, dx, dy, inverse)
    return _Bands(tf.gather(segments.drawing, segment) * size + row, first, end, seen)


def _part_of_way(below: tf.Tensor, dy: tf.Tensor) -> tf.Tensor:
    """Tell after which part of a segment it is `below` its start; a level one is both at its start and at its end."""
    level = tf.cast(below > 0, tf.float32)
    return tf.where(dy == 0, level, tf.clip_by_value(tf.math.divide_no_nan(below, dy), 0, 1))


def _pixels_between(low: tf.Tensor, high: tf.Tensor, size: int) -> tuple[tf.Tensor, tf.Tensor]:
    """Give the first and the end (exclusive) of the pixels whose centres lie between two places."""
    first, end = tf.math.ceil(low - 0.5), tf.floor(high - 0.5) + 1
    return tf.cast(tf.clip_by_value(first, 0, size), tf.int32), tf.cast(tf.clip_by_value(end, 0, size), tf.int32)


def _distance(seen: _Seen, x: tf.Tensor) -> tf.Tensor:
    """Distance from the points at `x` in the rows that the segments are seen from; float32 `[Q]`."""
    beside = x - seen.start_x
    part = tf.clip_by_value((beside * seen.dx + seen.below * seen.dy) * seen.inverse, 0, 1)
    return tf.sqrt(tf.square(beside - part * seen.dx) + tf.square(seen.below - part * seen.dy))

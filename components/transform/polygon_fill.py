"""Where Pillow's line of width 5 meets the rows and columns that a nearest-neighbour resize looks at.

The notebook draws each segment with `ImageDraw.line(..., width=5)` on a 256 x 256 image and resizes it. Pillow
turns the segment into a polygon with integer corners and fills it row by row. The following is that arithmetic,
worked out from Pillow 12.3.0 (`Draw.c`: the wide line and the polygon fill; `Geometry.c`: the resize), for width 5.

Corners. Let d = (dx, dy) be the segment and h its length. The offset is o = (ox, oy) with ox = round(2 dy / h) and
oy = round(2 dx / h). A tie would need 15 a^2 = b^2 or 7 a^2 = 9 b^2, which no integers but 0 solve, so the rule for
ties is never asked, and ox is sign(dy) times the number of true statements among 15 dy^2 > dx^2 and 7 dy^2 > 9 dx^2
(oy likewise): integers only, no square root. The corners are P0 + (-ox, oy), P1 + (-ox, oy), P1 + (ox, -oy), P0 +
(ox, -oy): a parallelogram with two long sides along d and two short sides along (ox, -oy). A segment of length 0 is
one pixel, which the same formulas give with o = 0.

Rows. From the topmost corner to the lowest one, both included.

Interval of a row y. A side that starts at (xs, ys) with slope m = (its dx) / (its dy) crosses the row at (y - ys) m
+ xs, where quotient, product and sum are each rounded to float32; each side has its own start, and so its own
rounding. Pillow sorts the crossings, doubles those where a side ends above the last row, and fills from the odd
ones (rounded, halves away from zero) to the even ones (rounded, halves towards zero). In a parallelogram with
integer corners this is one interval a row: from the larger crossing of the two left sides to the smaller one of the
two right sides, all sides extended to lines. The reasons: a crossing at a corner is off by far less than 1/2 and
rounds to the corner; away from corners the extension of a side lies outside by at least 1/2 a row, more than any
rounding; the doubled crossings only fill the corner again. Pillow's repair of "discontiguous corners" acts where
both sides of the topmost or lowest corner lean the same way, and here they are nearly perpendicular. A horizontal
side is filled whole, which equals what the other pair of sides gives in that row.

Rounding. For columns >= 1, the only ones that a small image samples, the first filled pixel is floor(low + 1/2) and
the last ceil(high - 1/2). Both are written as Pillow writes them: ceil(high + 1/2) - 1 is the same number, but its
float32 sum rounds 127.50001 to 128 and loses a pixel.

Resize. Pixel (c, r) of the small image is pixel (X[c], X[r]) of the large one; see `sampled_pixels`.
"""

from typing import NamedTuple

import numpy as np
import tensorflow as tf

from components.transform import ragged
from components.transform.segments import Segments

CANVAS = 256

# Further than any coordinate, and still exact in float32.
_UNBOUNDED = 1e6

# A power of two above the largest number of rows.
_ROW_BOUND = 256


class Spans(NamedTuple):
    """Runs of inked pixels: in row `row` of the image of `drawing`, columns `first` to `end - 1`.

    Attributes:
        drawing: int32 `[R]`.
        row: int32 `[R]`, 0..size-1.
        first: int32 `[R]`, 0..size.
        end: int32 `[R]`, 0..size; an empty run has `end <= first`.
    """

    drawing: tf.Tensor
    row: tf.Tensor
    first: tf.Tensor
    end: tf.Tensor


class _Line(NamedTuple):
    """A side of each polygon, extended to the line x = (y - y0) slope + x0; float32 `[S]` each."""

    y0: tf.Tensor
    slope: tf.Tensor
    x0: tf.Tensor


class _Polygon(NamedTuple):
    """The polygon of each segment: its left and right sides, and its first and last row (int32 `[S]`)."""

    left_long: _Line
    left_short: _Line
    right_long: _Line
    right_short: _Line
    top: tf.Tensor
    bottom: tf.Tensor


def sampled_pixels(size: int) -> np.ndarray:
    """Tell which of the 256 pixels each of `size` pixels is copied from by Pillow's nearest-neighbour resize.

    That is floor((i + 1/2) 256 / size), but Pillow reaches (i + 1/2) 256 / size by adding 256 / size again and again in
    float64, and where the quotient is an integer the sum may fall just below it.

    Args:
        size: width and height of the small image.

    Returns:
        int32 `[size]`, increasing.
    """
    step = CANVAS / size
    return np.cumsum(np.concatenate([[step / 2], np.full(size - 1, step)])).astype(np.int32)


def fill_spans(segments: Segments, size: int) -> Spans:
    """Compute the pixels of the small image that each segment inks.

    Args:
        segments: coordinates up to 5,000 in magnitude; what lies outside the canvas is cut off as Pillow does.
        size: width and height of the small image, at most 128.

    Returns:
        The spans, a few for each segment; some may be empty.
    """
    sampled = sampled_pixels(size)
    sampled_before = tf.constant(np.searchsorted(sampled, np.arange(CANVAS + 1)).astype(np.int32))
    polygon = _polygon(segments)
    first_row = tf.gather(sampled_before, _clip(polygon.top))
    end_row = tf.gather(sampled_before, _clip(polygon.bottom + 1))
    segment, row = ragged.expand_ranges(first_row, end_row, _ROW_BOUND)

    y = tf.gather(tf.constant(sampled.astype(np.float32)), row)
    low, high = _interval(polygon, segment, y)
    first = tf.gather(sampled_before, tf.cast(_clip(tf.floor(low + 0.5)), tf.int32))
    end = tf.gather(sampled_before, tf.cast(_clip(tf.math.ceil(high - 0.5) + 1), tf.int32))
    return Spans(tf.gather(segments.drawing, segment), row, first, end)


def _clip(pixel: tf.Tensor) -> tf.Tensor:
    return tf.clip_by_value(pixel, 0, CANVAS)


def _interval(polygon: _Polygon, segment: tf.Tensor, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Where row `y` enters and leaves the polygon of `segment`; float32 `[R]` each, rounded as in Pillow."""
    sides = polygon[:4]
    fields = ragged.take([field for side in sides for field in side], segment)
    left_long, left_short, right_long, right_short = (
        (y - y0) * slope + x0 for y0, slope, x0 in zip(fields[0::3], fields[1::3], fields[2::3], strict=True)
    )
    return tf.maximum(left_long, left_short), tf.minimum(right_long, right_short)


def _polygon(segments: Segments) -> _Polygon:
    """Build the polygon of each segment, seen from its upper end; swapping the ends changes no side of it."""
    down = segments.y1 >= segments.y0
    xa, xb = tf.where(down, segments.x0, segments.x1), tf.where(down, segments.x1, segments.x0)
    ya, yb = tf.minimum(segments.y0, segments.y1), tf.maximum(segments.y0, segments.y1)
    dx, dy = xb - xa, yb - ya
    ox, oy = _offset(dy, dx), tf.sign(dx) * _offset(dx, dy)
    starts_left = dx >= 0
    start, end = (xa + ox, ya - oy), (xb - ox, yb + oy)
    (left_x, right_x), (left_y, right_y) = (
        (tf.where(starts_left, at_start, at_end), tf.where(starts_left, at_end, at_start))
        for at_start, at_end in zip(start, end, strict=True)
    )
    # A pair of horizontal sides bounds no row from left or right.
    has_long, has_short = dy > 0, (dy == 0) | (oy != 0)
    long_slope = tf.math.divide_no_nan(_float(dx), _float(dy))
    short_slope = -tf.math.divide_no_nan(_float(ox), _float(oy))
    return _Polygon(
        left_long=_Line(_float(ya + oy), long_slope, tf.where(has_long, _float(xa - ox), -_UNBOUNDED)),
        left_short=_Line(_float(left_y), short_slope, tf.where(has_short, _float(left_x), -_UNBOUNDED)),
        right_long=_Line(_float(yb - oy), long_slope, tf.where(has_long, _float(xb + ox), _UNBOUNDED)),
        right_short=_Line(_float(right_y), short_slope, tf.where(has_short, _float(right_x), _UNBOUNDED)),
        top=ya - tf.abs(oy),
        bottom=yb + tf.abs(oy),
    )


def _float(value: tf.Tensor) -> tf.Tensor:
    return tf.cast(value, tf.float32)


def _offset(along: tf.Tensor, across: tf.Tensor) -> tf.Tensor:
    """Round 2 |along| / sqrt(along^2 + across^2) to 0, 1 or 2."""
    along_squared, across_squared = along * along, across * across
    reaches_half = 15 * along_squared > across_squared
    reaches_three_halves = 7 * along_squared > 9 * across_squared
    return tf.cast(reaches_half, tf.int32) + tf.cast(reaches_three_halves, tf.int32)

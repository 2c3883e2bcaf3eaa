"""Style `notebook`: the picture of the notebook's `draw_it`, pixel for pixel."""

import numpy as np
import tensorflow as tf

from components.transform.ink import INK, PAPER
from components.transform.polygon_fill import fill_spans
from components.transform.segments import Segments


def draw(segments: Segments, count: tf.Tensor, size: int) -> tf.Tensor:
    """Draw segments as Pillow's lines of width 5 on 256 x 256 pixels, resized with the nearest-neighbour rule.

    Each span of pixels becomes a row of bytes, and the darkest byte of the spans that share a row of an image wins.

    Args:
        segments: the segments of all drawings.
        count: int32 scalar N, number of drawings.
        size: width and height in pixels.

    Returns:
        uint8 `[N, size, size]`, each pixel INK or PAPER.
    """
    spans = fill_spans(segments, size)
    span_rows = tf.gather(_rows_of_spans(size), spans.first * (size + 1) + spans.end)
    # A row that no span meets gets the largest uint8, which is PAPER.
    rows = tf.math.unsorted_segment_min(span_rows, spans.drawing * size + spans.row, count * size)
    return tf.reshape(rows, [-1, size, size])


def _rows_of_spans(size: int) -> tf.Tensor:
    """List the pixels of each span; uint8 `[(size + 1)^2, size]`, span (first, end) at first * (size + 1) + end."""
    column = np.arange(size)
    first, end = np.arange(size + 1)[:, np.newaxis, np.newaxis], np.arange(size + 1)[:, np.newaxis]
    inked = (first <= column) & (column < end)
    return tf.constant(np.where(inked, INK, PAPER).astype(np.uint8).reshape(-1, size))

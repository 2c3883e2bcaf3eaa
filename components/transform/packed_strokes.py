"""Pack points into strings for `tf.Example`, and back.

Three bytes a point: x, y, and 1 where a stroke begins, else 0. A typical drawing of 38 points takes 114 bytes, a
ninth of its image of 32 x 32, and can still be turned, stretched and drawn at any size.
"""

import tensorflow as tf

from components.transform import ragged
from components.transform.drawing_parser import Points

_BYTES_A_POINT = 3


def pack_strokes(points: Points) -> tf.Tensor:
    """Pack the points of each drawing into a string.

    Args:
        points: of `drawing_parser.parse`, N drawings.

    Returns:
        string `[N]`; empty where the text was malformed.
    """
    begins = tf.concat([[True], points.stroke[1:] != points.stroke[:-1]], axis=0)[: tf.size(points.stroke)]
    fields = [tf.cast(field, tf.uint8) for field in (points.x, points.y, begins)]
    # As in `packed_image.pack`: the bytes of a whole tensor come after a short header, and substrings cost a copy.
    serialized = tf.io.serialize_tensor(tf.stack(fields, axis=1))
    header = tf.strings.length(serialized) - _BYTES_A_POINT * tf.size(points.x)
    ones = tf.ones_like(points.drawing)
    lengths = _BYTES_A_POINT * tf.math.unsorted_segment_sum(ones, points.drawing, tf.size(points.valid))
    starts = header + tf.cumsum(lengths, exclusive=True)
    return tf.strings.substr(serialized, starts, lengths)


def unpack_strokes(packed: tf.Tensor) -> Points:
    """Undo `pack_strokes`.

    Args:
        packed: string `[N]`.

    Returns:
        The points of N drawings; an empty string is a malformed drawing.
    """
    flat = tf.reshape(tf.io.decode_raw(tf.strings.reduce_join(packed), tf.uint8), [-1, _BYTES_A_POINT])
    x, y, begins = (tf.cast(field, tf.int32) for field in tf.unstack(flat, axis=1))
    lengths = tf.strings.length(packed) // _BYTES_A_POINT
    drawing = ragged.row_ids(tf.cumsum(lengths), tf.size(x))
    return Points(x, y, tf.cumsum(begins) - 1, drawing, lengths > 0)

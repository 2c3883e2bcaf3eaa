"""Pack images into strings for `tf.Example`, and back.

The format is the image's bytes, row by row: it is lossless for every uint8, and one `decode_raw` reads a whole batch.
The gzip compression of the TFRecord files makes up for its length: a record with a notebook image of 32 x 32 takes 74
bytes there, 149 if the image is a PNG, and 57 as single bits, which could not hold greys.
"""

import tensorflow as tf


def pack(images: tf.Tensor) -> tf.Tensor:
    """Pack each image into a string.

    No op makes many strings of one tensor. Serializing the whole tensor ends with its bytes after a short header, and
    substrings of that cost a copy: 30 times faster than joining single bytes.

    Args:
        images: uint8 `[N, size, size]` with a static size.

    Returns:
        string `[N]`, size * size bytes each.
    """
    bytes_per_image = images.shape[1] * images.shape[2]
    count = tf.shape(images)[0]
    serialized = tf.io.serialize_tensor(images)
    header = tf.strings.length(serialized) - count * bytes_per_image
    return tf.strings.substr(serialized, header + tf.range(count) * bytes_per_image, tf.fill([count], bytes_per_image))


def unpack(packed: tf.Tensor, size: int) -> tf.Tensor:
    """Undo `pack`.

    Args:
        packed: string `[N]`, size * size bytes each.
        size: width and height in pixels.

    Returns:
        uint8 `[N, size, size]`.

    Raises:
        tf.errors.InvalidArgumentError: when the graph runs, if the strings do not hold images of that size.
    """
    return tf.reshape(tf.io.decode_raw(packed, tf.uint8), [tf.size(packed), size, size])

"""Draw texts of strokes as images, in plain TensorFlow ops.

The same graph runs in Transform, in the exported model and in a stock TF Serving, so that a model never sees an
image of another kind than it was trained on.
"""

import tensorflow as tf

from components.transform import antialiased_style, drawing_parser, notebook_style, segments

STYLES = {"notebook": notebook_style.draw, "antialiased": antialiased_style.draw}
MIN_SIZE = 28
MAX_SIZE = 128


def rasterize(drawings: tf.Tensor, style: str = "notebook", size: int = 32) -> tf.Tensor:
    """Draw each text; a malformed one gives an empty sheet (see `rasterize_with_validity` to tell them apart).

    Args:
        drawings: string `[N]`, the JSON text of each drawing.
        style: a key of `STYLES`.
        size: width and height in pixels, `MIN_SIZE` to `MAX_SIZE`.

    Returns:
        uint8 `[N, size, size]`, ink 0 on paper 255.

    Raises:
        ValueError: if the style is unknown or the size out of range.
    """
    return rasterize_with_validity(drawings, style, size)[0]


def rasterize_with_validity(
    drawings: tf.Tensor, style: str = "notebook", size: int = 32
) -> tuple[tf.Tensor, tf.Tensor]:
    """Draw each text and tell which texts are drawings (see `drawing_parser`).

    Args:
        drawings: string `[N]`, the JSON text of each drawing.
        style: a key of `STYLES`.
        size: width and height in pixels, `MIN_SIZE` to `MAX_SIZE`.

    Returns:
        `(images, valid)`: uint8 `[N, size, size]`, ink 0 on paper 255, and bool `[N]`. The image of a malformed text is
        all paper.

    Raises:
        ValueError: if the style is unknown or the size out of range.
    """
    drawings = tf.ensure_shape(drawings, [None])
    points = drawing_parser.parse(drawings)
    images = draw(points, style, size)
    return tf.ensure_shape(images, [drawings.shape[0], size, size]), points.valid


def draw(points: drawing_parser.Points, style: str = "notebook", size: int = 32) -> tf.Tensor:
    """Draw points that are parsed already.

    Args:
        points: of N drawings; style `antialiased` also takes float coordinates, in and outside the canvas.
        style: a key of `STYLES`.
        size: width and height in pixels, `MIN_SIZE` to `MAX_SIZE`.

    Returns:
        uint8 `[N, size, size]`, ink 0 on paper 255.

    Raises:
        ValueError: if the style is unknown or the size out of range.
    """
    if style not in STYLES:
        raise ValueError(f"unknown style {style!r}; choose one of: {', '.join(STYLES)}")
    if not MIN_SIZE <= size <= MAX_SIZE:
        raise ValueError(f"size {size} is out of range; choose {MIN_SIZE} to {MAX_SIZE}")
    images = STYLES[style](segments.segments_of(points), tf.size(points.valid), size)
    return tf.ensure_shape(images, [None, size, size])

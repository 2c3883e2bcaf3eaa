"""Parse the JSON text of drawings into points inside the graph, and tell which texts are drawings.

A drawing is `[[[x0, x1, ...], [y0, y1, ...]], ...]`: at least one stroke, each stroke exactly two equally long
lists of at least one integer 0..255, JSON whitespace anywhere between tokens. Everything else is malformed.

The grammar has a fixed depth, so no stack is needed. Three local facts together are equivalent to it:

1. Neighbours. `[` is followed by `[` or a number, a number by `,` or `]`, `]` by `]`, `,` or the end, and a comma
   stands between two numbers or between `]` and `[`. Numbers therefore appear only between a `[` and the very next
   bracket.
2. Brackets. Without numbers and commas a drawing of k strokes reads `[`, then k times `[[][]]`, then `]`: 6k + 2
   brackets whose direction follows from their rank. Between brackets lie 2n - 1 tokens for a list of n numbers,
   which gives the lengths without counting numbers.
3. Numbers. One to three digits, no leading zero, at most 255. Only the first four digits are ever looked at, so
   that a long run of digits cannot overflow.
"""

from typing import NamedTuple

import tensorflow as tf

from components.transform import json_tokens, ragged

MAX_COORDINATE = 255

_BRACKETS_A_STROKE = 6


class Points(NamedTuple):
    """The points of the well-formed drawings of a batch of N, in the order of the texts; P of them.

    Attributes:
        x: int32 `[P]`, 0..255; a training that moves points makes it float32, inside and outside the canvas.
        y: as `x`.
        stroke: int32 `[P]`, number of the point's stroke, counted through the batch; malformed drawings leave gaps.
        drawing: int32 `[P]`, index of the point's drawing, 0..N-1.
        valid: bool `[N]`, whether each text is a drawing. The others have no points.
    """

    x: tf.Tensor
    y: tf.Tensor
    stroke: tf.Tensor
    drawing: tf.Tensor
    valid: tf.Tensor


class _Strokes(NamedTuple):
    """K strokes: their drawing, the token index of the first number of either list, and the lengths of the lists."""

    drawing: tf.Tensor
    x_token: tf.Tensor
    y_token: tf.Tensor
    length: tf.Tensor
    y_length: tf.Tensor


def parse(drawings: tf.Tensor) -> Points:
    """Parse a batch of texts.

    Args:
        drawings: string `[N]`, any bytes.

    Returns:
        The points; a malformed text never raises and never changes what another text of the batch gives.
    """
    tokens = json_tokens.tokenize(drawings)
    strokes, valid = _find_strokes(tokens)
    strokes = _select(strokes, tf.gather(valid, strokes.drawing))
    x, y, in_range = _read_coordinates(tokens, strokes)
    stroke_end = tf.cumsum(strokes.length)
    bad_stroke = tf.searchsorted(stroke_end, tf.cast(tf.where(~in_range)[:, 0], tf.int32), side="right")
    valid &= ~_any_in_drawing(tf.gather(strokes.drawing, bad_stroke), tf.size(drawings))
    return _keep_points(x, y, strokes, valid)


def _find_strokes(tokens: json_tokens.Tokens) -> tuple[_Strokes, tf.Tensor]:
    """Find what looks like a stroke, and the drawings whose structure is right (those have true strokes only)."""
    count = tf.size(tokens.end)
    opens, closes = tokens.byte == ord("["), tokens.byte == ord("]")
    bad_token = tf.cast(tf.where(~_neighbours_fit(tokens, opens, closes))[:, 0], tf.int32)
    valid = ~_any_in_drawing(tf.searchsorted(tokens.end, bad_token), count)

    bracket = tf.cast(tf.where(opens | closes)[:, 0], tf.int32)
    bracket_end = tf.searchsorted(bracket, tokens.end)
    brackets_in_drawing = bracket_end - tf.concat([[0], bracket_end[:-1]], axis=0)
    valid &= (brackets_in_drawing > 2) & (brackets_in_drawing % _BRACKETS_A_STROKE == 2)

    drawing = ragged.row_ids(bracket_end, tf.size(bracket))
    left = tf.gather(bracket_end, drawing) - tf.range(tf.size(bracket))
    rank = tf.gather(brackets_in_drawing, drawing) - left
    place = (rank - 1) % _BRACKETS_A_STROKE
    expected_open = (rank == 0) | ((left > 1) & ((place == 0) | (place == 1) | (place == 3)))
    misplaced = tf.gather(opens, bracket) != expected_open
    valid &= ~_any_in_drawing(tf.boolean_mask(drawing, misplaced), count)

    strokes = _strokes_at(bracket, drawing, tf.cast(tf.where(place == 1)[:, 0], tf.int32))
    unequal = strokes.length != strokes.y_length
    return strokes, valid & ~_any_in_drawing(tf.boolean_mask(strokes.drawing, unequal), count)


def _neighbours_fit(tokens: json_tokens.Tokens, opens: tf.Tensor, closes: tf.Tensor) -> tf.Tensor:
    """Whether each token may stand between its neighbours (fact 1); bool `[T]`."""
    comma, number = tokens.byte == ord(","), json_tokens.is_digit(tokens.byte)
    return (
        (opens & _next(opens | number))
        | (closes & _next(closes | comma | tokens.is_end))
        | (number & _next(comma | closes))
        | (comma & ((_previous(number) & _next(number)) | (_previous(closes) & _next(opens))))
        | tokens.is_end
    )


def _next(flags: tf.Tensor) -> tf.Tensor:
    return tf.concat([flags[1:], [False]], axis=0)


def _previous(flags: tf.Tensor) -> tf.Tensor:
    return tf.concat([[False], flags[:-1]], axis=0)


def _any_in_drawing(drawing_of_culprit: tf.Tensor, count: tf.Tensor) -> tf.Tensor:
    """Turn the drawings of some culprits into a flag for each of `count` drawings."""
    return tf.math.unsorted_segment_sum(tf.ones_like(drawing_of_culprit), drawing_of_culprit, count) > 0


def _strokes_at(bracket: tf.Tensor, drawing: tf.Tensor, x_open: tf.Tensor) -> _Strokes:
    """Make strokes from the ranks of the brackets that open a list of x; nonsense where the structure is wrong."""
    padded = tf.concat([bracket, [0, 0, 0]], axis=0)
    x_begin, x_end, y_begin, y_end = (tf.gather(padded, x_open + step) for step in range(4))
    length, y_length = (x_end - x_begin) // 2, (y_end - y_begin) // 2
    return _Strokes(tf.gather(drawing, x_open), x_begin + 1, y_begin + 1, length, y_length)


def _select(strokes: _Strokes, keep: tf.Tensor) -> _Strokes:
    kept = tf.where(keep)[:, 0]
    return _Strokes(*(tf.gather(field, kept) for field in strokes))


def _read_coordinates(tokens: json_tokens.Tokens, strokes: _Strokes) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """Read x, y and whether both are coordinates, for all points of well-structured strokes."""
    every_second = 2
    token = tf.concat(
        [
            tf.ragged.range(begin, begin + every_second * strokes.length, every_second).flat_values
            for begin in (strokes.x_token, strokes.y_token)
        ],
        axis=0,
    )
    value, in_range = _read_numbers(tokens.text, tf.gather(tokens.position, token))
    x, y = tf.split(value, 2)
    x_in_range, y_in_range = tf.split(in_range, 2)
    return x, y, x_in_range & y_in_range


def _read_numbers(text: tf.Tensor, position: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Read the runs of digits at `position`: the value, and whether it is an integer 0..255 as JSON writes it."""
    digits = [tf.gather(text, position + step) - ord("0") for step in range(json_tokens.MAX_DIGITS + 1)]
    value = tf.cast(digits[0], tf.int32)
    is_digit = tf.ones_like(position, tf.bool)
    for digit in digits[1:-1]:
        is_digit &= digit < 10
        value = tf.where(is_digit, value * 10 + tf.cast(digit, tf.int32), value)
    leading_zero = (digits[0] == 0) & (digits[1] < 10)
    too_long = is_digit & (digits[-1] < 10)
    return value, ~(leading_zero | too_long) & (value <= MAX_COORDINATE)


def _keep_points(x: tf.Tensor, y: tf.Tensor, strokes: _Strokes, valid: tf.Tensor) -> Points:
    """Drop the points of strokes whose drawing turned out malformed, and tell each point's stroke and drawing."""
    begin = tf.cumsum(strokes.length, exclusive=True)
    length = tf.where(tf.gather(valid, strokes.drawing), strokes.length, 0)
    kept = tf.ragged.range(begin, begin + length).flat_values
    stroke = ragged.row_ids(tf.cumsum(length), tf.size(kept))
    return Points(tf.gather(x, kept), tf.gather(y, kept), stroke, tf.gather(strokes.drawing, stroke), valid)

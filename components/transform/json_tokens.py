"""Cut a whole batch of JSON texts into tokens with a handful of vectorized ops over bytes.

The texts of a batch are joined into one byte tensor, each followed by a NUL. A token is a bracket, a comma, a run
of digits, or any other single byte that is not JSON whitespace; the NUL that ends a text is a token too. Regular
expressions and `tf.strings.split` make a string object for every number and are several times slower.
"""

from typing import NamedTuple

import tensorflow as tf

# A number of a drawing has at most three digits; its reader looks one byte further to see that it ends there.
MAX_DIGITS = 3

_PADDING = b"\0" * (MAX_DIGITS + 1)


class Tokens(NamedTuple):
    """The tokens of N texts in the order of the texts; T of them, the N ends included.

    Attributes:
        text: uint8 `[B]`, the joined bytes, padded so that `MAX_DIGITS + 1` bytes can be read at any token.
        position: int32 `[T]`, index of the token's first byte in `text`.
        byte: uint8 `[T]`, the token's first byte.
        is_end: bool `[T]`, whether the token ends a text; a NUL inside a text does not.
        end: int32 `[N]`, index of the token that ends each text.
    """

    text: tf.Tensor
    position: tf.Tensor
    byte: tf.Tensor
    is_end: tf.Tensor
    end: tf.Tensor


def is_digit(byte: tf.Tensor) -> tf.Tensor:
    """Whether each uint8 is an ASCII digit; the subtraction wraps around for bytes below "0"."""
    return (byte - ord("0")) < 10


def tokenize(texts: tf.Tensor) -> Tokens:
    """Cut texts into tokens.

    Args:
        texts: string `[N]`, any bytes.

    Returns:
        The tokens; never fails, whatever the bytes are.
    """
    joined = tf.strings.reduce_join(tf.concat([texts, [_PADDING]], axis=0), separator="\0")
    text = tf.io.decode_raw(joined, tf.uint8)
    position = tf.cast(tf.where(_starts_token(text[: -len(_PADDING)]))[:, 0], tf.int32)
    end_position = tf.cumsum(tf.strings.length(texts) + 1) - 1
    end = tf.searchsorted(position, end_position)
    is_end = tf.scatter_nd(end[:, tf.newaxis], tf.ones_like(end, tf.bool), tf.shape(position))
    return Tokens(text, position, tf.gather(text, position), is_end, end)


def _starts_token(text: tf.Tensor) -> tf.Tensor:
    digit = is_digit(text)
    after_digit = tf.concat([[False], digit[:-1]], axis=0)
    space = (text == ord(" ")) | (text == ord("\n")) | (text == ord("\t")) | (text == ord("\r"))
    return ~(space | (digit & after_digit))

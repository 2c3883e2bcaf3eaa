"""Expand rows of different lengths into flat tensors without padding to the longest.

`tf.repeat` and `sequence_mask` allocate rows times the longest row, so that one drawing of 10,000 points would pay
for the whole batch. The helpers here cost what the flat result costs.
"""

from collections.abc import Sequence

import tensorflow as tf


def row_ids(row_ends: tf.Tensor, total: tf.Tensor) -> tf.Tensor:
    """Tell the row of each flat element.

    Args:
        row_ends: int32 `[R]`, not decreasing; where each row ends (exclusive) in the flat order. Rows may be empty.
        total: int32 scalar, number of flat elements, at least the last of `row_ends`.

    Returns:
        int32 `[total]`; the row of each element, R for elements after the last row.
    """
    ended_at = tf.math.unsorted_segment_sum(tf.ones_like(row_ends), row_ends, total + 1)
    return tf.cumsum(ended_at)[:total]


def expand_ranges(starts: tf.Tensor, ends: tf.Tensor, bound: int) -> tuple[tf.Tensor, tf.Tensor]:
    """List the integers of many small ranges, each with the range it comes from.

    Owner and value travel in one integer, owner * bound + value, so that a single range op makes both.

    Args:
        starts: int32 `[R]`, first integer of each range, in 0..bound.
        ends: int32 `[R]`, one after the last integer, in 0..bound; a range with `ends <= starts` is empty.
        bound: a power of two above every listed integer.

    Returns:
        `(owner, value)`, both int32 `[total]`, in the order of the ranges.
    """
    base = tf.range(tf.size(starts, out_type=tf.int64)) * bound
    first = base + tf.cast(starts, tf.int64)
    after = tf.maximum(first, base + tf.cast(ends, tf.int64))
    keys = tf.ragged.range(first, after, row_splits_dtype=tf.int64).flat_values
    shift = tf.constant(bound.bit_length() - 1, tf.int64)
    owner = tf.bitwise.right_shift(keys, shift)
    return tf.cast(owner, tf.int32), tf.cast(tf.bitwise.bitwise_and(keys, bound - 1), tf.int32)


def take(fields: Sequence[tf.Tensor], owner: tf.Tensor) -> list[tf.Tensor]:
    """Give each element the fields of its owner; one gather of whole records instead of one for each field.

    Args:
        fields: tensors `[R]` of one type.
        owner: int32 `[total]`, which row each element takes its fields from.

    Returns:
        As many tensors `[total]`.
    """
    records = tf.transpose(tf.stack(fields))
    return tf.unstack(tf.transpose(tf.gather(records, owner)), num=len(fields))

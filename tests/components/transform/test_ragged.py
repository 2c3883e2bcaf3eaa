import tensorflow as tf

from components.transform import ragged


def test_row_ids_skips_empty_rows():
    row_ends = tf.constant([2, 2, 5])

    assert ragged.row_ids(row_ends, tf.constant(6)).numpy().tolist() == [0, 0, 2, 2, 2, 3]


def test_row_ids_of_nothing():
    assert ragged.row_ids(tf.constant([], tf.int32), tf.constant(0)).numpy().tolist() == []


def test_expand_ranges_lists_owner_and_value():
    starts, ends = tf.constant([3, 7, 0]), tf.constant([5, 7, 1])

    owner, value = ragged.expand_ranges(starts, ends, bound=8)

    assert owner.numpy().tolist() == [0, 0, 2]
    assert value.numpy().tolist() == [3, 4, 0]


def test_expand_ranges_takes_a_reversed_range_as_empty():
    owner, value = ragged.expand_ranges(tf.constant([6, 1]), tf.constant([2, 3]), bound=8)

    assert owner.numpy().tolist() == [1, 1]
    assert value.numpy().tolist() == [1, 2]


def test_take_gives_each_element_the_fields_of_its_owner():
    width, height = ragged.take([tf.constant([1.0, 2.0]), tf.constant([10.0, 20.0])], tf.constant([1, 1, 0]))

    assert width.numpy().tolist() == [2, 2, 1]
    assert height.numpy().tolist() == [20, 20, 10]

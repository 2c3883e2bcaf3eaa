import random

import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from components.trainer.label_table import LabelTable


def test_a_word_is_its_place_among_the_labels_and_a_stranger_is_minus_one() -> None:
    table = LabelTable(["circle", "line"])

    ids = table(tf.constant(["line", "sun", "circle", "", "Line", "line "]))

    assert ids.dtype == tf.int64
    assert ids.numpy().tolist() == [1, -1, 0, -1, -1, -1]


def test_no_words_have_no_ids() -> None:
    assert LabelTable(["circle", "line"])(tf.constant([], tf.string)).shape == (0,)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=4), min_size=1, max_size=30, unique=True), st.randoms())
def test_is_the_index_in_the_list(words: list[str], rng: random.Random) -> None:
    labels, strangers = words[: len(words) // 2 + 1], words[len(words) // 2 + 1 :]
    asked = rng.sample(words, len(words))

    ids = LabelTable(labels)(tf.constant(asked)).numpy().tolist()

    assert ids == [-1 if word in strangers else labels.index(word) for word in asked]


def test_three_hundred_words_in_a_graph_without_a_lookup_table() -> None:
    labels = [f"word_{i}" for i in range(345)]
    traced = tf.function(LabelTable(labels), input_signature=[tf.TensorSpec([None], tf.string)])

    assert traced(tf.constant(labels[::-1])).numpy().tolist() == list(range(345))[::-1]
    operations = {operation.type for operation in traced.get_concrete_function().graph.get_operations()}
    assert not {operation for operation in operations if "Table" in operation}


def test_equal_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="the labels must differ: ant, bee, ant"):
        LabelTable(["ant", "bee", "ant"])

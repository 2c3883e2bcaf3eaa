"""TFDV's measures on statistics small enough to count by hand."""

import pytest
from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import schema_pb2

from components.data_gate.comparison import compare
from tests.components.data_gate.made_statistics import statistics_of

SCHEMA = text_format.Parse(
    """
    feature {
      name: "word" type: BYTES
      skew_comparator { infinity_norm { threshold: 0.01 } } drift_comparator { infinity_norm { threshold: 0.2 } }
    }
    feature { name: "strokes" type: INT skew_comparator { jensen_shannon_divergence { threshold: 0.02 } } }
    feature { name: "key_id" type: BYTES }
    """,
    schema_pb2.Schema(),
)


def rows(ants: int, cats: int, strokes: int = 2) -> list[dict]:
    return [{"word": word, "strokes": strokes, "key_id": "1"} for word in ["ant"] * ants + ["cat"] * cats]


def test_equal_data() -> None:
    found = compare(statistics_of(rows(3, 1)), statistics_of(rows(30, 10)), SCHEMA, "skew", "there")
    assert [(difference.feature, difference.value, difference.excessive) for difference in found] == [
        ("strokes", 0, False),
        ("word", 0, False),
    ]


def test_measured_values_are_tfdvs_in_shares_and_bits() -> None:
    strokes, word = compare(statistics_of(rows(800, 200, 9)), statistics_of(rows(500, 500)), SCHEMA, "skew", "there")
    assert strokes.value == pytest.approx(1)
    assert word.value == pytest.approx(0.3)
    assert (strokes.excessive, word.excessive) == (True, True)
    assert str(word).startswith(
        "feature word: the share of 'ant' is 0.8 against 0.5 in there, a difference of 0.3 where at most 0.1"
    )
    assert str(word).endswith(" for chance)")


def test_the_same_difference_may_be_chance_in_little_data() -> None:
    _, word = compare(statistics_of(rows(8, 2)), statistics_of(rows(5, 5)), SCHEMA, "skew", "there")
    assert word.value == pytest.approx(0.3)
    assert not word.excessive


def test_drift_has_comparators_of_its_own() -> None:
    (word,) = compare(statistics_of(rows(800, 200)), statistics_of(rows(500, 500)), SCHEMA, "drift", "there")
    assert (word.feature, word.threshold, word.value) == ("word", 0.2, pytest.approx(0.3))


def test_what_a_side_lacks_is_not_compared() -> None:
    without_word = [{"strokes": 2}] * 9
    (strokes,) = compare(statistics_of(without_word), statistics_of(rows(5, 5)), SCHEMA, "skew", "there")
    assert strokes.feature == "strokes"
    no_value = [{"word": None, "strokes": 2}] * 9
    assert len(compare(statistics_of(rows(5, 5)), statistics_of(no_value), SCHEMA, "skew", "there")) == 1
    as_text = [{"word": "ant", "strokes": "two"}] * 9
    (word,) = compare(statistics_of(as_text), statistics_of(rows(5, 5)), SCHEMA, "skew", "there")
    assert word.feature == "word"

"""Rows a word."""

import pytest

from components.report.word_table import WordRow, word_table

_SUMMARY = {
    "read": 45,
    "filtered": 10,
    "quarantined": 5,
    "words": {
        "sun": {"read": 20, "kept": 20, "filtered": 0},
        "Zoo": {"read": 10, "kept": 8, "filtered": 2},
        "ant": {"read": 10, "kept": 1, "filtered": 8},
    },
}


def test_rows_are_alphabetical_whatever_their_case():
    table = word_table(_SUMMARY, {"train": {"sun": 15, "Zoo": 8}, "test": {"sun": 5, "ant": 1}})
    assert table.splits == ["train", "test"]
    assert table.rows == [
        WordRow("ant", 10, 0.2, 1, [0, 1]),
        WordRow("sun", 20, 1.0, 20, [0.75, 0.25]),
        WordRow("Zoo", 10, 0.8, 8, [1, 0]),
    ]


def test_recognized_is_a_share_of_the_well_formed_rows():
    assert word_table(_SUMMARY, {}).recognized == 0.75


def test_the_lowest_are_called_out_without_those_always_recognized():
    assert [row.word for row in word_table(_SUMMARY, {}).lowest] == ["ant", "Zoo"]


def test_the_lowest_are_ten_and_ties_are_alphabetical():
    words = {f"w{number:02d}": {"read": 10, "kept": 9, "filtered": 1} for number in reversed(range(40))}
    words["z"] = {"read": 10, "kept": 2, "filtered": 8}
    lowest = word_table({**_SUMMARY, "words": words}, {}).lowest
    assert [row.word for row in lowest] == ["z"] + [f"w{number:02d}" for number in range(9)]


@pytest.mark.parametrize("split_counts", [{}, {"train": {}}])
def test_splits_that_are_not_known(split_counts):
    assert word_table(_SUMMARY, split_counts).rows[0].splits == [0] * len(split_counts)


def test_a_word_without_rows():
    summary = {"read": 0, "filtered": 0, "quarantined": 0, "words": {"sun": {"read": 0, "kept": 0, "filtered": 0}}}
    table = word_table(summary, {})
    assert table.rows == [WordRow("sun", 0, 0.0, 0, [])]
    assert table.recognized == 0.0

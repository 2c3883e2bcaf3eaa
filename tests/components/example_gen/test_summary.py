"""Counts that must balance, and data that is refused."""

import pytest

from components.errors import DataRefusedError, UsageError
from components.example_gen.summary import (
    check_balance,
    check_readable,
    check_worth_training,
    empty_counts,
    merge_counts,
    read_summary,
    write_summary,
)


def counts(**changes):
    good = {"read": 4, "kept": 4, "words": {"a": {"kept": 2}, "b": {"kept": 2}}, "splits": {"train": 2, "eval": 2}}
    return {**empty_counts([], []), **good, **changes}


def test_nested_counts_add_up():
    parts = [{"read": 1, "words": {"a": {"read": 1}}}, {"read": 2, "words": {"a": {"read": 3}, "b": {"read": 5}}}]
    assert merge_counts(parts) == {"read": 3, "words": {"a": {"read": 4}, "b": {"read": 5}}}
    assert parts[0] == {"read": 1, "words": {"a": {"read": 1}}}


def test_written_and_read_again(tmp_path):
    write_summary(str(tmp_path / "new"), counts())
    assert read_summary(str(tmp_path / "new")) == counts()


def test_a_lost_row_is_a_defect():
    check_balance(counts())
    with pytest.raises(RuntimeError, match="read 5, but kept 4, filtered 0, capped 0, duplicate 0, quarantined 0"):
        check_balance(counts(read=5))


def test_files_that_cannot_be_read_are_named():
    check_readable(counts())
    with pytest.raises(UsageError, match=r"^a is cut; b is cut; c is cut; and 2 more files$"):
        check_readable(counts(unreadable={f"{name} is cut": 1 for name in "edcba"}))


def test_good_data_is_welcome():
    check_worth_training(counts(), ["a", "b"], 0.01, "q")


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        (
            {"read": 100, "quarantined": 2, "reasons": {"f": 1, "e": 1, "d": 9, "c": 1, "b": 5, "a": 1}},
            DataRefusedError,
            r"2 of 100 rows are malformed, more than the tolerated 1\.00%: d \(9\); b \(5\); a \(1\); c \(1\); "
            r"e \(1\)\. Every such row is listed in q",
        ),
        ({"words": {"a": {"kept": 4}, "b": {"kept": 0}}}, DataRefusedError, "no usable drawing of b:"),
        ({"splits": {"train": 4, "eval": 0}}, DataRefusedError, "4 drawings are too few: the eval split got none"),
    ],
)
def test_refused(changes, error, sentence):
    with pytest.raises(error, match=sentence):
        check_worth_training(counts(**changes), ["a", "b"], 0.01, "q")


def test_exactly_the_tolerated_fraction_is_tolerated():
    check_worth_training(counts(read=100, quarantined=1, reasons={"x": 1}), ["a", "b"], 0.01, "q")


def test_one_word_is_not_enough():
    with pytest.raises(UsageError, match="at least two words, the files hold only a"):
        check_worth_training(counts(words={"a": {"kept": 4}}), ["a"], 0.01, "q")

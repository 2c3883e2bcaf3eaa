"""Which rows are good, filtered or quarantined, and why."""

import io

import pytest

from components.example_gen.csv_reader import read_csv
from components.example_gen.row_checks import judge_rows
from tests.components.example_gen.csv_folder import HEADER, row


def judge(*lines: str | bytes):
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in (HEADER, *lines, ""))
    (batch,) = read_csv(io.BytesIO(data))
    return judge_rows(batch)


def test_a_good_row():
    judged = judge(row(5, "alarm clock", drawing="[[[1, 2], [3, 4]], [[9], [9]]]"))
    assert judged.rows.to_pylist() == [
        {
            "key_id": b"5",
            "countrycode": b"US",
            "drawing": b"[[[1, 2], [3, 4]], [[9], [9]]]",
            "label": b"alarm_clock",
            "strokes": 2,
            "points": 3,
        }
    ]
    assert (judged.filtered, judged.quarantined) == ({}, [])


def test_unrecognized_rows_are_filtered_by_label():
    judged = judge(row(1), row(2, recognized="False"), row(3, "ice cream", recognized="False"))
    assert (judged.rows.num_rows, judged.filtered, judged.quarantined) == (1, {"cat": 1, "ice_cream": 1}, [])


@pytest.mark.parametrize(
    ("line", "reason", "text"),
    [
        (row(2, recognized="yes"), "recognized is neither True nor False", "yes"),
        (row(2, recognized="true"), "recognized is neither True nor False", "true"),
        (row(""), "key_id is empty or not UTF-8", ""),
        (row(2, word=" "), "word is empty or not UTF-8", " "),
        (row(2, word="caf\xe9").encode("latin-1"), "word is empty or not UTF-8", "caf\ufffd"),
        (row(2).replace("US", "\xe9").encode("latin-1"), "countrycode is not UTF-8", "\ufffd"),
        (row(2, drawing="[[[1], [2]]"), "drawing: not JSON", "[[[1], [2]]"),
        (row(2, drawing="[[[1, 2], [2]]]"), "drawing: x and y lists differ in length", "[[[1, 2], [2]]]"),
        (row(2, recognized="False", word=""), "word is empty or not UTF-8", ""),
        ("US,2,True", "wrong number of columns", "US,2,True"),
    ],
)
def test_quarantined_with_the_reason_and_the_offending_text(line, reason, text):
    judged = judge(row(1), line, row(3))
    assert judged.rows.column("key_id").to_pylist() == [b"1", b"3"]
    assert [(bad.row, bad.reason, bad.text) for bad in judged.quarantined] == [(2, reason, text)]


def test_words_with_other_letters_are_welcome():
    assert judge(row(1, "gâteau")).rows.column("label").to_pylist() == ["gâteau".encode()]

"""Which rows are good, filtered or quarantined, and why."""

import pytest

from components.example_gen.csv_reader import read_csv
from components.example_gen.row_checks import judge_rows
from tests.components.example_gen.csv_folder import HEADER, row


def judge(*lines: str | bytes, label: str = "cat"):
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in (*lines, ""))
    (batch,) = read_csv([data], HEADER.split(","))
    return judge_rows(batch, label)


def test_a_good_row():
    judged = judge(row(5, "alarm clock", drawing="[[[1, 2], [3, 4]], [[9], [9]]]"), label="alarm_clock")
    assert judged.rows.to_pylist() == [
        {
            "key_id": b"5",
            "countrycode": b"US",
            "drawing": b"[[[1, 2], [3, 4]], [[9], [9]]]",
            "strokes": 2,
            "points": 3,
        }
    ]
    assert (judged.filtered, judged.quarantined) == (0, [])


def test_unrecognized_rows_are_filtered_and_not_looked_at():
    judged = judge(row(1), row(2, recognized="False"), row(3, drawing="?", recognized="False"))
    assert (judged.rows.num_rows, judged.filtered, judged.quarantined) == (1, 2, [])


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
        (row(2, word="dog"), "word is not the one that the file is named after", "dog"),
        ("US,2,True", "wrong number of columns", "US,2,True"),
    ],
)
def test_quarantined_with_the_reason_and_the_offending_text(line, reason, text):
    judged = judge(row(1), line, row(3))
    assert judged.rows.column("key_id").to_pylist() == [b"1", b"3"]
    assert [(bad.row, bad.reason, bad.text) for bad in judged.quarantined] == [(2, reason, text)]


def test_words_with_other_letters_are_welcome():
    assert judge(row(1, "gâteau au chocolat"), label="gâteau_au_chocolat").rows.num_rows == 1


def test_malformed_rows_are_in_the_order_of_the_file_whatever_is_wrong_with_them():
    judged = judge(row(1, drawing="?"), "1,2", row(""), row(4), row(5, drawing="[]"))
    assert [bad.row for bad in judged.quarantined] == [1, 2, 3, 5]

import csv
import json
import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.ndjson_reader import NOT_AN_OBJECT
from pipeline.download.csv_rows import HEADER, to_csv_rows
from tests.pipeline.download.quickdraw_bucket import line, lines

ROW = b'US,"[[[130, 113], [72, 40]]]",5201136883597312,True,2017-03-01 20:41:36.707250,cat\n'
LINE = line("cat", 5201136883597312, [[[130, 113], [72, 40]]])
# Lines as they may come: regular, regular but for something, broken, blank.
SAMPLES = [
    LINE,
    line("cat", 8, [[[1], [2]], [[3, 4], [5, 6]]], recognized=False, countrycode=""),
    line("cat", 9, countrycode='"', timestamp=""),
    line("cat", 10, [[[1, 2], [3]]]),
    line("cat", 11, [[[0, 256], [0, 1]]]),
    json.dumps(json.loads(LINE)).encode() + b"\n",
    line("dog", 12),
    b"\n",
    b" \r\n",
    b"{\n",
    b"\xff\n",
]


def test_a_line_by_hand():
    rows = to_csv_rows(LINE, "cat", is_raw=False)
    assert (rows.text, rows.rows, rows.source_bytes, rows.source_lines) == (ROW, 1, len(LINE), 1)
    assert rows.malformed == []


def test_nothing_becomes_nothing():
    assert to_csv_rows(b"", "cat", is_raw=False) == (b"", 0, 0, 0, [])


def test_the_last_line_may_lack_its_end():
    rows = to_csv_rows(LINE + LINE[:-1], "cat", is_raw=False)
    assert (rows.text, rows.source_bytes) == (ROW + ROW, 2 * len(LINE) - 1)


def test_malformed_lines_are_numbered_without_blank_ones():
    rows = to_csv_rows(b"\n" + LINE + b"{\n\n\xff\n" + LINE, "cat", is_raw=False)
    assert rows.text == ROW + ROW
    assert rows.source_lines == 4
    assert [(bad.row, bad.reason, bad.text) for bad in rows.malformed] == [
        (2, NOT_AN_OBJECT, "{"),
        (3, NOT_AN_OBJECT, "\ufffd"),
    ]


def test_no_more_rows_than_wanted():
    source = LINE + b"{\n" + LINE + b"[\n" + LINE
    rows = to_csv_rows(source, "cat", is_raw=False, limit=2)
    assert (rows.rows, rows.source_lines, len(rows.malformed)) == (2, 3, 1)
    assert source[rows.source_bytes :] == b"[\n" + LINE


def test_another_word_with_a_blank_and_capitals():
    rows = to_csv_rows(line("The Eiffel Tower", 7), "The Eiffel Tower", is_raw=False)
    assert rows.text.endswith(b",The Eiffel Tower\n")


@given(st.lists(st.sampled_from(SAMPLES), max_size=12))
def test_regular_lines_become_what_json_makes_of_them(sampled):
    """Blanks make every line irregular, and change nothing."""
    spaced = [each.replace(b'"drawing":', b'"drawing" :') for each in sampled]
    fast, slow = (to_csv_rows(b"".join(each), "cat", is_raw=False) for each in (sampled, spaced))
    assert (fast.text, fast.rows, fast.source_lines) == (slow.text, slow.rows, slow.source_lines)
    assert [bad[:4] for bad in fast.malformed] == [bad[:4] for bad in slow.malformed]


@given(st.lists(st.sampled_from(SAMPLES), max_size=12), st.integers(1, 12))
def test_the_rest_follows_where_the_limit_was(sampled, limit):
    source = b"".join(sampled)
    first = to_csv_rows(source, "cat", is_raw=False, limit=limit)
    rest = to_csv_rows(source[first.source_bytes :], "cat", is_raw=False)
    whole = to_csv_rows(source, "cat", is_raw=False)
    assert first.rows == min(limit, whole.rows)
    assert first.text + rest.text == whole.text
    assert first.source_lines + rest.source_lines == whole.source_lines == whole.rows + len(whole.malformed)


def test_what_was_written_by_hand_is_a_csv_file():
    text = (HEADER + to_csv_rows(lines("cat", 50), "cat", is_raw=False).text).decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["recognized"] for row in rows].count("False") == 5
    assert all(json.dumps(json.loads(row["drawing"])) == row["drawing"] for row in rows)


def as_google_writes(rows: list[dict[str, str]]) -> bytes:
    """Kaggle's rows, as Google's file has them: no blanks in drawings, no zeros at the end of a second's fraction."""
    return b"".join(
        line(
            row["word"],
            int(row["key_id"]),
            json.loads(row["drawing"]),
            countrycode=row["countrycode"],
            recognized=row["recognized"] == "True",
            timestamp=f"{row['timestamp'].rstrip('0')} UTC" if row["timestamp"] else "",
        )
        for row in rows
    )


def assert_is_written_again(path: pathlib.Path) -> None:
    text = path.read_bytes()
    source = as_google_writes(list(csv.DictReader(text.decode().splitlines())))
    rows = to_csv_rows(source, path.stem, is_raw=False)
    assert HEADER + rows.text == text
    assert rows.malformed == []


@pytest.mark.real_data
@pytest.mark.parametrize("word", ["The Eiffel Tower", "cat"])
def test_kaggles_files_byte_for_byte(real_data_dir, word):
    assert_is_written_again(real_data_dir / "train_simplified" / f"{word}.csv")


@pytest.mark.exhaustive
@pytest.mark.real_data
def test_all_of_kaggles_files_byte_for_byte(real_data_dir):
    for path in sorted((real_data_dir / "train_simplified").glob("*.csv")):
        assert_is_written_again(path)

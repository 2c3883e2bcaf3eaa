"""The notebook's first table."""

import pytest

from components.example_gen.data_file import DataFile
from components.example_gen.file_selection import select_files
from pipeline.explore.first_rows import first_rows
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import write_folder


def rows_of(path, content, columns=()):
    path.write_bytes(content)
    return first_rows(DataFile(str(path), "cat", "csv" if columns else "ndjson", len(content), columns))


def test_shows_rows_as_they_lie_there(tmp_path):
    rows = first_rows(select_files(write_folder(tmp_path))[0])
    assert [(each["key_id"], each["recognized"]) for each in rows] == [
        ("1", "True"),
        ("2", "True"),
        ("3", "False"),
        ("2", "True"),
    ]
    assert rows[1]["drawing"] == "[[[0, 100, 50], [0, 200, 255]], [[7], [9]]]"


def test_every_column_is_there_in_the_files_order(tmp_path):
    rows = rows_of(tmp_path / "cat.csv", b"word,timestamp,key_id\ncat,2017-03-08,17\n", ("word", "timestamp", "key_id"))
    assert [list(row.items()) for row in rows] == [[("word", "cat"), ("timestamp", "2017-03-08"), ("key_id", "17")]]


def test_ndjson_too(tmp_path):
    rows = rows_of(tmp_path / "cat.ndjson", b'{"word":"cat","recognized":true,"drawing":[[[1],[2]]]}\nno JSON\n[1]\n')
    assert rows == [{"word": "cat", "recognized": "true", "drawing": "[[[1], [2]]]"}]


def test_shows_five_and_of_a_long_drawing_the_beginning(tmp_path):
    write_csv(tmp_path / "cat.csv", [row(key, drawing="[" * 100_000) for key in range(9)])
    rows = first_rows(select_files(str(tmp_path), least_words=1)[0])
    assert len(rows) == 5
    assert rows[0]["drawing"] == "[" * 48 + "…"


@pytest.mark.parametrize(
    ("content", "keys"),
    [
        (b"", []),
        (b"key_id,word\n", []),
        (b"key_id,word\n1,cat\n2\n3,cat\n", ["1", "3"]),
        (b'key_id,word\n1,cat\n2,"' + b"x" * 200_000, ["1"]),
        (b'key_id,word\n1,cat\n2,"open', ["1"]),
        (b"key_id,word\n\0,cat\n", ["\ufffd"]),
    ],
    ids=["empty", "no rows", "too few cells", "a quote that is never closed", "a short one", "a NUL"],
)
def test_what_is_no_row_is_left_out(tmp_path, content, keys):
    rows = rows_of(tmp_path / "cat.csv", content, ("key_id", "word"))
    assert [each["key_id"] for each in rows] == keys

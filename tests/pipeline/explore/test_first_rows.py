"""The notebook's first table."""

from components.example_gen.file_selection import select_files
from pipeline.explore.first_rows import FirstRow, first_rows
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import write_folder


def test_shows_rows_as_they_lie_there(tmp_path):
    rows = first_rows(select_files(write_folder(tmp_path))[0])
    assert [(each.key_id, each.recognized) for each in rows] == [
        ("1", "True"),
        ("2", "True"),
        ("3", "False"),
        ("2", "True"),
    ]
    assert rows[1] == FirstRow("US", "[[[0, 100, 50], [0, 200, 255]], [[7], [9]]]", "2", "True", "ant")


def test_shows_five_and_of_a_long_drawing_the_beginning(tmp_path):
    write_csv(tmp_path / "cat.csv", [row(key, drawing="[" * 100_000) for key in range(9)])
    rows = first_rows(select_files(str(tmp_path), least_words=1)[0])
    assert len(rows) in (1, 2, 3, 4, 5)
    assert rows[0].drawing == "[" * 48 + "…"


def test_a_file_without_rows_has_none(tmp_path):
    write_csv(tmp_path / "cat.csv", [])
    assert first_rows(select_files(str(tmp_path), least_words=1)[0]) == []

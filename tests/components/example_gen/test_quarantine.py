"""The files of malformed rows."""

import json

from components.example_gen.csv_reader import BadRow
from components.example_gen.quarantine import clear_quarantine, write_quarantine


def test_rows_in_the_order_of_the_file_and_texts_cut(tmp_path):
    groups = [
        [BadRow(9, "k9", "cat", "why", "é" * 300)],
        [BadRow(2, "", "", "why", "x"), BadRow(5, "", "", "why", "y")],
    ]
    write_quarantine(str(tmp_path), "/data/ice cream.csv", groups)
    lines = [json.loads(line) for line in (tmp_path / "ice cream.jsonl").read_text().splitlines()]
    assert [line["row"] for line in lines] == [2, 5, 9]
    assert lines[2] == {
        "file": "ice cream.csv",
        "row": 9,
        "key_id": "k9",
        "word": "cat",
        "reason": "why",
        "text": "é" * 200,
    }
    assert [path.name for path in tmp_path.iterdir()] == ["ice cream.jsonl"]


def test_clearing_makes_the_folder_and_leaves_other_files(tmp_path):
    clear_quarantine(str(tmp_path / "new"))
    (tmp_path / "new" / "old.jsonl").write_text("{}")
    (tmp_path / "new" / "notes.txt").write_text("mine")
    clear_quarantine(str(tmp_path / "new"))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes.txt"]

"""The files of malformed rows."""

import json

from components.example_gen.data_file import DataFile
from components.example_gen.quarantine import (
    RangeRows,
    clear_quarantine,
    quarantine_key,
    write_part,
    write_quarantine,
)
from components.example_gen.row_batch import BadRow
from components.example_gen.work_plan import FileRange

ICE = DataFile("/data/ice cream.csv", "ice_cream", "csv", 100)


def bad(row, text="x"):
    return BadRow(row, f"k{row}", "cat", "why", text)


def test_rows_are_numbered_as_in_the_file_and_texts_cut(tmp_path):
    parts, quarantine = tmp_path / "parts", tmp_path / "quarantine"
    parts.mkdir()
    quarantine.mkdir()
    first = write_part(str(parts), FileRange(ICE, 0, 3), [bad(5), bad(2)])
    last = write_part(str(parts), FileRange(ICE, 2, 3), [bad(9, "é" * 300)])
    ranges = [
        RangeRows("ice cream.csv", 2, 10, last),
        RangeRows("ice cream.csv", 0, 20, first),
        RangeRows("ice cream.csv", 1, 300, ""),
    ]
    write_quarantine(str(quarantine), "ice cream", ranges)
    lines = [json.loads(line) for line in (quarantine / "ice cream.jsonl").read_text().splitlines()]
    assert [line["row"] for line in lines] == [2, 5, 329]
    assert lines[2] == {
        "file": "ice cream.csv",
        "row": 329,
        "key_id": "k9",
        "word": "cat",
        "reason": "why",
        "text": "é" * 200,
    }
    assert [path.name for path in quarantine.iterdir()] == ["ice cream.jsonl"]


def test_files_of_one_word_share_a_list_and_count_their_rows_apart(tmp_path):
    files = [DataFile(f"/data/{name}", "cat", "csv", 9) for name in ("cat.csv", "cat.csv.gz", "cat.ndjson")]
    assert {quarantine_key(file) for file in files} == {"cat"}
    parts = [write_part(str(tmp_path), FileRange(file, 0, 1), [bad(1)]) for file in files]
    write_quarantine(
        str(tmp_path), "cat", [RangeRows(file.name, 0, 7, part) for file, part in zip(files, parts, strict=True)]
    )
    lines = [json.loads(line) for line in (tmp_path / "cat.jsonl").read_text().splitlines()]
    assert [(line["file"], line["row"]) for line in lines] == [("cat.csv", 1), ("cat.csv.gz", 1), ("cat.ndjson", 1)]


def test_a_file_without_malformed_rows_has_no_list(tmp_path):
    assert write_part(str(tmp_path), FileRange(ICE, 0, 1), []) == ""
    write_quarantine(str(tmp_path), "ice cream", [RangeRows("ice cream.csv", 0, 10, "")])
    assert list(tmp_path.iterdir()) == []


def test_clearing_makes_the_folder_and_leaves_other_files(tmp_path):
    clear_quarantine(str(tmp_path / "new"))
    (tmp_path / "new" / "old.jsonl").write_text("{}")
    (tmp_path / "new" / "notes.txt").write_text("mine")
    clear_quarantine(str(tmp_path / "new"))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notes.txt"]

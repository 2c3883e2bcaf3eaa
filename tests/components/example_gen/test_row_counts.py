"""What became of rows, counted."""

from components.example_gen.csv_reader import read_csv
from components.example_gen.data_file import DataFile
from components.example_gen.row_checks import judge_rows
from components.example_gen.row_counts import RangeTally
from components.example_gen.work_plan import FileRange
from tests.components.example_gen.csv_folder import HEADER, row

CAT = DataFile("cat.csv", "cat", "csv", 1)


def test_a_tally_counts_every_row_once():
    lines = [row(1), row(2, recognized="False"), row(3, "dog"), row(4, drawing="[]"), row(5, recognized="perhaps")]
    (batch,) = read_csv(["\n".join([*lines, ""]).encode()], HEADER.split(","))
    tally = RangeTally(FileRange(CAT, 0, 2))
    for _ in range(2):
        tally.add(batch, judge_rows(batch, "cat"))
    counts = tally.counts()
    assert (counts["read"], counts["filtered"], counts["quarantined"]) == (10, 2, 6)
    assert sum(counts["reasons"].values()) == 6
    assert counts["words"] == {"cat": {"read": 4, "kept": 0, "filtered": 2}}


def test_a_file_is_counted_by_its_first_range():
    assert [RangeTally(FileRange(CAT, number, 3)).counts()["files"] for number in range(3)] == [1, 0, 0]


def test_a_file_that_cannot_be_read_is_named():
    assert RangeTally(FileRange(CAT, 0, 1)).counts()["unreadable"] == {}
    assert RangeTally(FileRange(CAT, 0, 1), unreadable="why").counts()["unreadable"] == {"why": 1}

"""Small files that are read together, and what must be read by itself."""

import pytest

from components.example_gen.data_file import DataFile
from components.example_gen.file_selection import select_files
from components.example_gen.work_plan import FileRange, plan_units
from pipeline.explore.packs import Span, pack_ranges, read_pack
from tests.components.example_gen.csv_folder import HEADER, row, write_csv


def _file(name, size=100, columns=("word",)):
    return DataFile(name, "w", name.split(".")[1], size, columns)


def _groups(*parts):
    return [[part.file.path for part in group] for group in pack_ranges(parts)]


def test_small_csv_files_go_together_up_to_four_megabytes():
    files = [FileRange(_file(f"{number}.csv", size=3 << 19), 0, 1) for number in range(5)]
    assert _groups(*files) == [["0.csv", "1.csv"], ["2.csv", "3.csv"], ["4.csv"]]


@pytest.mark.parametrize(
    "alone",
    [
        FileRange(_file("b.csv", size=5 << 20), 0, 1),
        FileRange(_file("b.csv"), 0, 2),
        FileRange(_file("b.csv.gz"), 0, 1),
        FileRange(_file("b.ndjson"), 0, 1),
    ],
)
def test_anything_else_stays_by_itself(alone):
    small = [FileRange(_file(f"{name}.csv"), 0, 1) for name in "ac"]
    assert _groups(small[0], alone, small[1]) == [["a.csv"], [alone.file.path], ["c.csv"]]


def test_files_of_other_columns_stay_apart():
    one, other = _file("a.csv"), _file("b.csv", columns=("drawing",))
    assert _groups(FileRange(one, 0, 1), FileRange(other, 0, 1)) == [["a.csv"], ["b.csv"]]


def _pack(folder, bat_rows, end="\n"):
    write_csv(folder / "ant.csv", [row(1, "ant"), row(2, "ant", recognized="False"), row(3, "ant")])
    (folder / "bat.csv").write_text("\n".join([HEADER, *bat_rows]) + end)
    (unit,) = plan_units(select_files(str(folder)))
    (group,) = pack_ranges(unit.ranges)
    return read_pack(group)


def test_reads_good_files_as_one_table(tmp_path):
    pack = _pack(tmp_path, [row(4, "bat")])
    assert pack.read == [3, 1]
    assert pack.spans == [Span("ant", 0, 2), Span("bat", 2, 3)]
    assert pack.rows.column("key_id").to_pylist() == [b"1", b"3", b"4"]


def test_a_file_without_rows_is_an_empty_span(tmp_path):
    assert _pack(tmp_path, []).spans == [Span("ant", 0, 2), Span("bat", 2, 2)]


@pytest.mark.parametrize(
    "bad",
    [
        row(4, "bat", drawing="?"),
        row(4, "ant"),
        row(4, "bat", recognized="maybe"),
        row("", "bat"),
        "US,too,few",
        row(4, "bat").replace("US", "Ü"),
    ],
)
def test_one_row_that_is_not_as_it_should_be_sends_all_to_the_ingests_own_way(tmp_path, bad):
    assert _pack(tmp_path, [row(5, "bat"), bad]) is None


def test_a_row_that_is_cut_short_must_not_swallow_the_next_files_first_country(tmp_path):
    write_csv(tmp_path / "cow.csv", [row(9, "cow").replace("US", "", 1)])
    assert _pack(tmp_path, [row(4, "bat")], end="\nUS") is None


def test_one_file_is_no_pack():
    assert read_pack([FileRange(_file("a.csv"), 0, 1)]) is None

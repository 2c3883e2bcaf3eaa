"""Who reads what: planned by names and sizes alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.data_file import DataFile
from components.example_gen.work_plan import plan_shards, plan_units


def file(name, size):
    return DataFile(f"/data/{name}", name.split(".")[0], "csv", size)


def plan(*files):
    """[[(name, start, end)] of each unit], for units of 100 bytes."""
    units = plan_units(files, 100)
    assert [unit.number for unit in units] == list(range(len(units)))
    return [[(part.file.name, part.start, part.end) for part in unit.ranges] for unit in units]


def test_small_files_share_a_unit():
    assert plan(file("a.csv", 40), file("b.csv", 60), file("c.csv", 1)) == [
        [("a.csv", 0, 40), ("b.csv", 0, 60)],
        [("c.csv", 0, 1)],
    ]


def test_a_large_file_is_cut_into_equal_ranges():
    assert plan(file("a.csv", 250)) == [[("a.csv", 0, 83)], [("a.csv", 83, 166)], [("a.csv", 166, 250)]]


def test_a_gzipped_file_is_one_range():
    assert plan(file("a.csv.gz", 30), file("b.csv.gz", 900), file("c.csv", 10)) == [
        [("a.csv.gz", 0, 30)],
        [("b.csv.gz", 0, 900)],
        [("c.csv", 0, 10)],
    ]


@given(st.lists(st.integers(0, 1000), max_size=10), st.integers(1, 300))
def test_every_byte_is_in_one_range_and_no_unit_too_large(sizes, unit_bytes):
    files = [file(f"{number}.csv", size) for number, size in enumerate(sizes)]
    ranges = [part for unit in plan_units(files, unit_bytes) for part in unit.ranges]
    for each in files:
        parts = [part for part in ranges if part.file == each]
        assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
        assert parts[-1].end == each.size
        assert parts[0].following() == parts[1:]
    assert all(
        sum(part.end - part.start for part in unit.ranges) <= unit_bytes for unit in plan_units(files, unit_bytes)
    )


@pytest.mark.parametrize(
    ("size", "per_word", "shards"),
    [
        (0, None, 1),
        (430 * 12_500, None, 1),
        (430 * 125_000, None, 10),
        (430 * 125_000, 12_500, 1),
        (1 << 30, 25_000, 2),
        (1 << 40, None, 1024),
    ],
)
def test_shards_by_size_and_cap(size, per_word, shards):
    """Two files of one size each."""
    assert plan_shards([file("a.csv", size), file("b.csv", size)], per_word) == shards

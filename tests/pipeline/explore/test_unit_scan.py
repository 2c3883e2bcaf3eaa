"""What a worker counts."""

import pytest

from components.example_gen.file_selection import select_files
from components.example_gen.work_plan import WorkUnit, plan_units
from pipeline.explore import unit_scan
from pipeline.explore.hash_spool import Repeats
from pipeline.explore.packs import pack_ranges
from pipeline.explore.tally import Tally
from pipeline.explore.unit_scan import SpoolPlace, scan_unit
from tests.components.example_gen.csv_folder import row, write_csv
from tests.pipeline.explore.data_folder import HASH, LINE_AT_THE_EDGE, write_folder


def _scan(tmp_path):
    (unit,) = plan_units(select_files(write_folder(tmp_path / "data")))
    (tmp_path / "spool").mkdir()
    place = SpoolPlace(tmp_path / "spool", 2)
    return scan_unit(unit, place), place


def test_counts_every_row_once(tmp_path):
    tally, _ = _scan(tmp_path)
    assert (tally.read, tally.kept, tally.filtered, tally.quarantined) == (9, 6, 1, 2)
    assert {label: (word.kept, word.filtered) for label, word in tally.words.items()} == {
        "ant": (3, 1),
        "bat": (2, 0),
        "ice_cream": (1, 0),
    }


def test_counts_what_is_in_the_kept_rows(tmp_path):
    tally, _ = _scan(tmp_path)
    assert tally.countries == {"US": 5, "": 1}
    assert tally.strokes == {3: 3, 2: 2, 1: 1}
    assert tally.points == {6: 3, 4: 2, 2: 1}
    assert (tally.words["ant"].strokes, tally.words["ant"].points) == (8, 16)
    assert {label: word.near_blank for label, word in tally.words.items()} == {"ant": 0, "bat": 1, "ice_cream": 0}
    assert sorted(drawing.key_id for drawing in tally.words["bat"].sample.drawings) == ["4", "6"]


def test_names_malformed_rows_by_place_and_reason(tmp_path):
    tally, _ = _scan(tmp_path)
    assert [(bad.path.rsplit("/", 1)[1], bad.part, bad.row.row, bad.row.reason) for bad in tally.bad_rows] == [
        ("bat.csv", 0, 2, "drawing: x and y lists differ in length"),
        ("bat.csv", 0, 4, "wrong number of columns"),
    ]
    assert sorted(tally.rows_of.values()) == [1, 4, 4]


def test_spools_the_hashes_of_the_kept_rows(tmp_path):
    _, place = _scan(tmp_path)
    assert place.keys().count() == Repeats(rows=1, texts=1, most=2)
    # The hash is drawn three times, the two strokes twice.
    assert place.drawings().count() == Repeats(rows=3, texts=2, most=3)


@pytest.mark.parametrize(("points", "found"), [(8, 1), (9, 0)])
def test_near_blank_is_a_drawing_of_at_most_eight_points(tmp_path, points, found):
    for word in ("ant", "bat"):
        write_csv(tmp_path / "data" / f"{word}.csv", [row(f"{word}1", word, f"[[{[0] * points}, {[0] * points}]]")])
    (unit,) = plan_units(select_files(str(tmp_path / "data")))
    tally = scan_unit(unit, SpoolPlace(tmp_path, 1))
    assert {label: word.near_blank for label, word in tally.words.items()} == {"ant": found, "bat": found}


def test_files_that_are_read_together_count_as_each_by_itself(tmp_path):
    for number, word in enumerate(["ant", "bat", "cat"]):
        recognized = [row(100 * number + key, word, LINE_AT_THE_EDGE if key % 3 else HASH) for key in range(20)]
        unrecognized = [row(100 * number + key, word, recognized="False") for key in range(20, 20 + number)]
        write_csv(tmp_path / "data" / f"{word}.csv", recognized + unrecognized)
    write_csv(tmp_path / "data" / "dog.csv", [])
    (unit,) = plan_units(select_files(str(tmp_path / "data")))
    assert [len(group) for group in pack_ranges(unit.ranges)] == [4]
    together = scan_unit(unit, SpoolPlace(tmp_path, 1))
    apart = Tally()
    for part in unit.ranges:
        apart.merge(scan_unit(WorkUnit(0, (part,)), SpoolPlace(tmp_path, 1)))
    assert together == apart
    assert (together.kept, together.filtered, together.words["cat"].near_blank) == (60, 3, 13)


def test_counts_the_same_when_it_has_to_stop_for_memory(tmp_path, monkeypatch):
    whole, place = _scan(tmp_path / "whole")
    monkeypatch.setattr(unit_scan, "_MOST_ROWS_WAITING", 1)
    halting, halting_place = _scan(tmp_path / "halting")
    assert (halting.strokes, halting.countries, halting.near_blank) == (
        whole.strokes,
        whole.countries,
        whole.near_blank,
    )
    assert halting_place.drawings().count() == place.drawings().count()

"""One pass over all files, by several processes."""

import gzip
import json
import os
import signal
import tracemalloc

import pytest

from components.errors import QuickdrawError, UsageError
from components.example_gen.file_selection import select_files
from pipeline.explore import scan as scan_module
from pipeline.explore.hash_spool import Repeats
from pipeline.explore.scan import scan
from tests.components.example_gen.csv_folder import row, write_csv
from tests.components.example_gen.test_executor import run_executor
from tests.pipeline.explore.data_folder import HASH, write_folder


def _facts(scanned):
    tally = scanned.tally
    words = {label: (word.kept, word.filtered, word.sample) for label, word in tally.words.items()}
    bad = [(placed.path.rsplit("/", 1)[1], tally.row_in_file(placed), placed.row.reason) for placed in tally.bad_rows]
    return (
        tally.read,
        words,
        tally.countries,
        tally.strokes,
        tally.points,
        bad,
        scanned.same_key,
        scanned.same_drawing,
    )


def test_finds_the_same_whatever_the_workers_and_the_cuts(tmp_path, monkeypatch):
    data = write_folder(tmp_path)
    whole = scan(select_files(data), workers=1)
    assert (whole.tally.read, whole.same_key.rows, whole.same_drawing) == (9, 1, Repeats(3, 2, 3))
    monkeypatch.setattr(scan_module, "UNIT_BYTES", 100)
    assert _facts(scan(select_files(data), workers=2)) == _facts(whole)


def test_a_row_that_both_occur_in_two_units_is_seen_again(tmp_path, monkeypatch):
    for word in ("ant", "bat"):
        write_csv(tmp_path / f"{word}.csv", [row(1, word, HASH)])
    monkeypatch.setattr(scan_module, "UNIT_BYTES", 10)
    scanned = scan(select_files(str(tmp_path)), workers=2)
    assert (scanned.same_key, scanned.same_drawing) == (Repeats(1, 1, 2), Repeats(1, 1, 2))


def test_kept_filtered_and_malformed_are_those_of_the_ingest(tmp_path):
    data = write_folder(tmp_path / "data")
    for word, first in (("ant", 100), ("bat", 200)):
        with (tmp_path / "data" / f"{word}.csv").open("a") as stream:
            stream.writelines(f"{row(key, word)}\n" for key in range(first, first + 90))
    ingested = run_executor(tmp_path / "data", tmp_path / "out", max_bad_fraction=0.5).summary
    scanned = scan(select_files(data))
    tally = scanned.tally
    assert tally.read == ingested["read"]
    assert tally.kept == ingested["kept"] + ingested["duplicate"]
    assert scanned.same_key.rows == ingested["duplicate"]
    assert (tally.filtered, dict(tally.reasons)) == (ingested["filtered"], ingested["reasons"])


def test_every_unit_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(scan_module, "UNIT_BYTES", 10)
    told = []
    scan(select_files(write_folder(tmp_path)), on_unit=lambda unit, tally: told.append((unit.number, tally.read)))
    assert sorted(number for number, _ in told) == list(range(len(told)))
    assert [read for _, read in told] == sorted(read for _, read in told)
    assert told[-1][1] == 9


def test_a_file_that_is_cut_short_is_named(tmp_path):
    write_folder(tmp_path)
    whole = gzip.compress((tmp_path / "bat.csv").read_bytes() * 500)
    (tmp_path / "bat.csv").unlink()
    (tmp_path / "bat.csv.gz").write_bytes(whole[:-20])
    with pytest.raises(UsageError, match=r"bat\.csv\.gz is cut short: its gzip stream has no end; copy the file again"):
        scan(select_files(str(tmp_path)))


def test_a_worker_that_is_killed_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(scan_module, "scan_unit", _die)
    with pytest.raises(QuickdrawError, match="was killed, perhaps for want of memory"):
        scan(select_files(write_folder(tmp_path)), workers=1)


def _die(unit, place):
    os.kill(os.getpid(), signal.SIGKILL)


def test_reads_ndjson_and_gzip_and_object_stores(tmp_path):
    line = {"word": "cat", "countrycode": "US", "recognized": True, "key_id": "9", "drawing": [[[1, 2], [3, 4]]]}
    (tmp_path / "cat.ndjson").write_text(json.dumps(line) + "\n")
    with gzip.open(tmp_path / "dog.csv.gz", "wt") as stream:
        stream.write("drawing,key_id,recognized,word\n")
        stream.write('"[[[1],[2]]]",1,True,dog\n')
    tally = scan(select_files(str(tmp_path))).tally
    assert {label: word.kept for label, word in tally.words.items()} == {"cat": 1, "dog": 1}
    remote = scan(select_files(tmp_path.as_uri())).tally
    assert remote.countries == tally.countries == {"US": 1, "": 1}


def test_the_parents_memory_does_not_grow_with_the_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(scan_module, "UNIT_BYTES", 25_000)
    peaks = []
    for times in (1, 10):
        folder = tmp_path / str(times)
        write_csv(folder / "cat.csv", (row(key, drawing=HASH) for key in range(1_000 * times)))
        files = select_files(str(folder), least_words=1)
        tracemalloc.start()
        assert scan(files).tally.read == 1_000 * times
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # The hashes of ten times the rows are 160 kB; the drawings alone would be 1 MB.
    assert peaks[1] < peaks[0] + 500_000

"""A unit of work, read: pieces of rows by shard, and what else there is to say of it."""

import gzip
import pathlib
from collections import defaultdict
from typing import Any

import apache_beam as beam
import pytest

from components.example_gen.data_file import DataFile
from components.example_gen.spool import read_pieces
from components.example_gen.summary import merge_counts
from components.example_gen.unit_reader import COUNTS, HASHES, RANGES, ReadUnits
from components.example_gen.work_plan import FileRange, WorkUnit
from tests.components.example_gen.csv_folder import HEADER, row


def write(path: pathlib.Path, *rows: str) -> DataFile:
    content = "".join(f"{line}\n" for line in (HEADER, *rows)).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return DataFile(str(path), path.name.split(".")[0], "csv", path.stat().st_size, tuple(HEADER.split(",")))


@pytest.fixture
def spool(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "spool").mkdir()
    return tmp_path / "spool"


def read(spool: pathlib.Path, *parts: FileRange, shards: int = 1, per_word: int | None = None, unit_bytes: int = 10**6):
    """Returns the rows' ids and words by shard, and the tagged outputs by tag."""
    reader = ReadUnits(str(spool), shards, per_word, unit_bytes)
    reader.setup()
    tagged: dict[str, list[Any]] = defaultdict(list)
    pieces = defaultdict(list)
    for element in reader.process(WorkUnit(3, parts)):
        if isinstance(element, beam.pvalue.TaggedOutput):
            tagged[element.tag].append(element.value)
        else:
            pieces[element[0]].append(element[1])
    rows = {shard: read_pieces(places).to_pylist() for shard, places in pieces.items()}
    return {shard: sorted((int(r["key_id"]), r["word"].decode()) for r in rows[shard]) for shard in rows}, tagged


def test_files_of_several_words_make_one_unit(spool, tmp_path):
    cat = write(tmp_path / "cat.csv", row(1), row(2, recognized="False"), row(3, drawing="?"))
    dog = write(tmp_path / "dog.csv", row(4, "dog"))
    rows, tagged = read(spool, FileRange(cat, 0, 1), FileRange(dog, 0, 1))
    assert rows == {0: [(1, "cat"), (4, "dog")]}
    assert sorted(path.name for path in spool.iterdir()) == ["000003-0000.arrow", "cat.csv-000000.jsonl"]
    counts = merge_counts(tagged[COUNTS])
    assert {name: counts[name] for name in ("files", "read", "filtered", "quarantined")} == {
        "files": 2,
        "read": 4,
        "filtered": 1,
        "quarantined": 1,
    }
    assert [(key, entry.num_rows, bool(entry.part)) for key, entry in tagged[RANGES]] == [
        ("cat", 3, True),
        ("dog", 1, False),
    ]
    assert tagged[HASHES] == []


def test_rows_go_to_the_shard_of_their_hash(spool, tmp_path):
    file = write(tmp_path / "cat.csv", *(row(key) for key in range(30)))
    rows, _ = read(spool, FileRange(file, 0, 1), shards=3)
    assert sorted(key for shard in rows.values() for key, _ in shard) == list(range(30))
    again, _ = read(spool, FileRange(file, 1, 2), shards=3)
    assert all(set(again[shard]) < set(rows[shard]) for shard in again)


def test_a_gzipped_file_larger_than_a_unit_is_handed_on_in_parts(spool, tmp_path):
    drawing = f"[[[{','.join(['7'] * 300_000)}],[{','.join(['7'] * 300_000)}]]]"
    file = write(tmp_path / "cat.csv.gz", *(row(key, drawing=drawing) for key in range(10)))
    rows, _ = read(spool, FileRange(file, 0, 1))
    assert rows == {0: [(key, "cat") for key in range(10)]}
    assert len(list(spool.iterdir())) > 1


def test_rows_that_cannot_be_in_the_sample_are_left_out_at_once(spool, tmp_path):
    file = write(tmp_path / "cat.csv", *(row(key) for key in range(10)), row(0), row(1))
    rows, tagged = read(spool, FileRange(file, 0, 1), per_word=3)
    ids = {key for key, _ in rows[0]}
    assert len(ids) == 3
    ((word, hashes),) = tagged[HASHES]
    assert (word, len(hashes)) == ("cat", 3)
    assert merge_counts(tagged[COUNTS])["capped"] == 12 - len(rows[0])


def test_a_file_that_ends_too_soon_is_named_and_the_others_are_read(spool, tmp_path):
    broken = write(tmp_path / "cat.csv.gz", *(row(key) for key in range(10)))
    pathlib.Path(broken.path).write_bytes(pathlib.Path(broken.path).read_bytes()[:-3])
    dog = write(tmp_path / "dog.csv", row(4, "dog"))
    rows, tagged = read(spool, FileRange(broken, 0, 1), FileRange(dog, 0, 1))
    assert (4, "dog") in rows[0]
    (sentence,) = merge_counts(tagged[COUNTS])["unreadable"]
    assert sentence.endswith("cat.csv.gz is cut short: its gzip stream has no end; copy the file again")

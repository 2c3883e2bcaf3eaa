"""The executor, run for real on small folders."""

import itertools
import random
import shutil
from pathlib import Path

import pytest

from components.data_origin import read_origin
from components.errors import DataRefusedError, UsageError
from components.example_gen.file_selection import data_fingerprint, select_files
from tests.components.example_gen.csv_folder import row, run_executor, write_csv, write_words


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two words of 60 good rows each; cat has one row of each other fate, too."""
    data = tmp_path_factory.mktemp("data")
    write_words(data, ["cat", "ice cream"])
    with (data / "cat.csv").open("a") as stream:
        stream.write("\n".join([row(1000), row(2, recognized="False"), row(3, drawing="[]"), ""]))
    return data


@pytest.fixture(scope="module")
def ingested(folder, tmp_path_factory):
    return run_executor(folder, tmp_path_factory.mktemp("out"))


def test_summary(ingested):
    summary = dict(ingested.summary)
    splits = summary.pop("splits")
    assert summary == {
        "read": 123,
        "kept": 120,
        "filtered": 1,
        "capped": 0,
        "duplicate": 1,
        "quarantined": 1,
        "words": {
            "cat": {"read": 62, "kept": 60, "filtered": 1},
            "ice_cream": {"read": 60, "kept": 60, "filtered": 0},
        },
        "reasons": {"drawing: no strokes": 1},
        "unreadable": {},
        "files": 2,
    }
    assert splits == {split: len(ingested.keys(split)) for split in ("train", "eval", "test")}
    assert min(splits.values()) > 0


def test_quarantine(ingested):
    (line,) = ingested.quarantine["cat"]
    assert line == {
        "file": "cat.csv",
        "row": 63,
        "key_id": "3",
        "word": "cat",
        "reason": "drawing: no strokes",
        "text": "[]",
    }


def test_examples_artifact(ingested):
    assert ingested.examples.splits == ["train", "eval", "test"]
    assert ingested.examples.get_string_custom_property("payload_format") == "FORMAT_TF_EXAMPLE"
    assert ingested.examples.get_string_custom_property("file_format") == "tfrecords_gzip"
    assert sorted(path.name for path in Path(ingested.examples.uri).iterdir()) == [
        "Split-eval",
        "Split-test",
        "Split-train",
    ]
    assert ingested.all_keys() == [*range(1000, 1060), *range(2000, 2060)]


def test_words_are_mixed_in_a_shard(ingested):
    words = [example.features.feature["word"].bytes_list.value[0] for example in ingested.records("train")]
    changes = sum(word != following for word, following in itertools.pairwise(words))
    assert set(words) == {b"cat", b"ice_cream"}
    assert changes > 20


def test_a_cap_keeps_as_many_of_each_word_and_moves_nothing(folder, ingested, tmp_path):
    capped = run_executor(folder, tmp_path, per_word=25)
    assert {label: counts["kept"] for label, counts in capped.summary["words"].items()} == {"cat": 25, "ice_cream": 25}
    assert (capped.summary["kept"], capped.summary["capped"] + capped.summary["duplicate"]) == (50, 71)
    for split in ("train", "eval", "test"):
        assert set(capped.keys(split)) <= set(ingested.keys(split))


@pytest.mark.parametrize(
    ("options", "fewer_words"),
    [({"per_word": 7}, False), ({}, True), ({"num_words": 2}, False), ({"per_word": 31}, True)],
)
def test_no_id_ever_changes_side(folder, ingested, tmp_path, options, fewer_words):
    """Other caps, other words, other files: what trained still trains, what tested still tests."""
    data = tmp_path / "data"
    shutil.copytree(folder, data)
    write_csv(data / "zebra.csv", [row(key, "zebra") for key in range(5000, 5060)])
    if fewer_words:
        (data / "cat.csv").unlink()
    changed = run_executor(data, tmp_path / "out", **options)
    side = {key: split for split in ingested.examples.splits for key in ingested.keys(split)}
    moved = {
        key: (side[key], split)
        for split in changed.examples.splits
        for key in changed.keys(split)
        if key in side and side[key] != split
    }
    assert moved == {}
    assert set(changed.all_keys()) & set(side)


def test_same_bytes_whatever_the_number_of_workers(folder, ingested, tmp_path):
    again = run_executor(folder, tmp_path, beam_args=["--direct_running_mode=in_memory", "--direct_num_workers=1"])
    for path in sorted(Path(ingested.examples.uri).rglob("*.gz")):
        assert path.read_bytes() == (Path(again.examples.uri) / path.relative_to(ingested.examples.uri)).read_bytes()


@pytest.mark.parametrize(
    ("seed", "names", "cap"), [(1, ["cat"], 20), (2, ["cat ", " cat"], 41), (3, ["cat", " cat"], 59)]
)
def test_the_sample_depends_on_the_rows_alone(ingested, tmp_path, seed, names, cap):
    """Shuffled rows, spread over files of one word, with a cap: a subset, in the same order and the same splits."""
    write_words(tmp_path / "data", ["cat", "ice cream"])
    (tmp_path / "data" / "cat.csv").unlink()
    rows = [row(key) for key in range(1000, 1060)]
    random.Random(seed).shuffle(rows)
    for number, name in enumerate(names):
        write_csv(tmp_path / "data" / f"{name}.csv", rows[number :: len(names)])
    capped = run_executor(tmp_path / "data", tmp_path / "out", per_word=cap)
    assert len(capped.all_keys()) == 2 * cap
    for split in ("train", "eval", "test"):
        kept = capped.keys(split)
        assert kept == [key for key in ingested.keys(split) if key in kept]


def test_a_row_of_another_word_than_its_file_is_quarantined(tmp_path):
    write_words(tmp_path / "data", ["cat", "dog"])
    write_csv(tmp_path / "data" / "dog.csv", [row(key, "cat" if key < 10 else "dog") for key in range(60)])
    ingested = run_executor(tmp_path / "data", tmp_path / "out", max_bad_fraction=0.1)
    assert {label: counts["kept"] for label, counts in ingested.summary["words"].items()} == {"cat": 60, "dog": 50}
    assert ingested.summary["reasons"] == {"word is not the one that the file is named after": 10}


def test_an_id_under_two_words_is_kept_once(tmp_path):
    write_csv(tmp_path / "data" / "cat.csv", [row(key) for key in range(60)])
    write_csv(tmp_path / "data" / "dog.csv", [row(key, "dog") for key in range(50, 110)])
    ingested = run_executor(tmp_path / "data", tmp_path / "out")
    assert ingested.all_keys() == list(range(110))
    assert {label: counts["kept"] for label, counts in ingested.summary["words"].items()} == {"cat": 60, "dog": 50}
    assert ingested.summary["duplicate"] == 10


def test_words_and_num_words_are_obeyed(tmp_path):
    write_words(tmp_path / "data", ["ant", "big bee", "cat"])
    assert list(run_executor(tmp_path / "data", tmp_path / "a", num_words=2).summary["words"]) == ["ant", "big_bee"]
    assert list(run_executor(tmp_path / "data", tmp_path / "b", words=["big bee", "cat"]).summary["words"]) == [
        "big_bee",
        "cat",
    ]


def test_too_many_malformed_rows_are_refused_and_listed(tmp_path):
    write_words(tmp_path / "data", ["cat", "dog"])
    write_csv(
        tmp_path / "data" / "cat.csv", [row(key, drawing="[]" if key < 3 else "[[[1],[2]]]") for key in range(90)]
    )
    (tmp_path / "out" / "quarantine").mkdir(parents=True)
    (tmp_path / "out" / "quarantine" / "zebra.jsonl").write_text("{}\n")
    with pytest.raises(DataRefusedError, match=r"3 of 150 rows are malformed, .* 1\.00%: drawing: no strokes \(3\)\."):
        run_executor(tmp_path / "data", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out" / "quarantine").iterdir()] == ["cat.jsonl"]
    assert run_executor(tmp_path / "data", tmp_path / "out2", max_bad_fraction=0.02).summary["quarantined"] == 3


def test_a_word_without_a_recognized_drawing_is_refused(tmp_path):
    write_words(tmp_path / "data", ["cat", "dog"])
    write_csv(tmp_path / "data" / "owl.csv", [row(key, "owl", recognized="False") for key in range(5)])
    with pytest.raises(DataRefusedError, match="no usable drawing of owl:"):
        run_executor(tmp_path / "data", tmp_path / "out")


def test_an_empty_split_is_refused(tmp_path):
    write_words(tmp_path / "data", ["cat", "dog"], rows_per_word=1)
    with pytest.raises(DataRefusedError, match=r"2 drawings are too few: the (eval|test) split got none"):
        run_executor(tmp_path / "data", tmp_path / "out")


def test_wrong_usage_leaves_nothing_behind(tmp_path):
    write_words(tmp_path / "data", ["cat", "dog"])
    with pytest.raises(UsageError, match="no file for the word 'cow'"):
        run_executor(tmp_path / "data", tmp_path / "out", words=["cow"])
    assert not (tmp_path / "out").exists()


@pytest.mark.real_data
def test_real_drawings(real_data_dir, tmp_path):
    words = ["airplane", "alarm clock", "ambulance"]
    ingested = run_executor(real_data_dir / "train_simplified", tmp_path, words=words, per_word=300)
    assert {label: counts["kept"] for label, counts in ingested.summary["words"].items()} == {
        "airplane": 300,
        "alarm_clock": 300,
        "ambulance": 300,
    }
    assert ingested.summary["quarantined"] == 0


def test_the_examples_tell_where_they_came_from(ingested, folder):
    origin = read_origin(ingested.examples)
    assert (origin["folder"], origin["words"], origin["per_word"]) == (str(folder), "all", "all")
    assert origin["files_fingerprint"] == data_fingerprint(select_files(str(folder)))


def test_without_a_quarantine_malformed_rows_lie_beside_the_counts(folder, tmp_path):
    (tmp_path / "quarantine").mkdir()
    ingested = run_executor(folder, tmp_path, quarantine_dir="")
    assert ingested.quarantine == {}
    assert [path.name for path in (tmp_path / "summary" / "quarantine").iterdir()] == ["cat.jsonl"]

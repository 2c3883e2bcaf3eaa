"""The files on disk: Kaggle's layout, the same bytes for the same seed, and nothing half-written."""

import csv
import hashlib

import pytest

from components.errors import UsageError
from pipeline.synth.recipes import RECIPES
from pipeline.synth.writer import write_dataset


def _checksums(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_layout_is_kaggles(tmp_path):
    files = write_dataset(tmp_path / "demo", words=6, per_word=20, seed=7)
    names = ["sun", "house", "envelope", "ladder", "snowman", "ice cream"]
    assert files[:-1] == [tmp_path / "demo" / "train_simplified" / f"{name}.csv" for name in names]
    assert files[-1] == tmp_path / "demo" / "test_simplified.csv"
    assert files[0].read_text().splitlines()[0] == "countrycode,drawing,key_id,recognized,timestamp,word"
    assert files[-1].read_text().splitlines()[0] == "key_id,countrycode,drawing"
    assert [len(_rows(file)) for file in files] == [20] * 6 + [12]
    assert {row["word"] for row in _rows(files[5])} == {"ice cream"}
    assert {row["recognized"] for file in files[:-1] for row in _rows(file)} == {"True", "False"}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name, seed in (("first", 7), ("again", 7), ("other", 8)):
        write_dataset(tmp_path / name, words=3, per_word=15, seed=seed)
    first = _checksums(tmp_path / "first")
    assert len(first) == 4
    assert first == _checksums(tmp_path / "again")
    assert not set(first.values()) & set(_checksums(tmp_path / "other").values())


def test_a_words_drawings_do_not_depend_on_how_much_is_asked_for(tmp_path):
    write_dataset(tmp_path / "small", words=2, per_word=5, seed=7)
    write_dataset(tmp_path / "large", words=4, per_word=9, seed=7)
    small, large = (_rows(tmp_path / name / "train_simplified" / "house.csv") for name in ("small", "large"))
    assert small == large[:5]


def test_a_second_call_replaces_its_own_files(tmp_path):
    write_dataset(tmp_path, words=1, per_word=5, seed=7)
    write_dataset(tmp_path, words=1, per_word=8, seed=7)
    assert len(_rows(tmp_path / "train_simplified" / "sun.csv")) == 8
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((0, 5, 7), "--words 0"),
        ((len(RECIPES) + 1, 5, 7), f"there are {len(RECIPES)} words"),
        ((1, 0, 7), "--per-word 0"),
        ((1, 5, -1), "--seed -1"),
    ],
)
def test_impossible_numbers_are_refused_before_anything_is_written(tmp_path, numbers, message):
    with pytest.raises(UsageError, match=message):
        write_dataset(tmp_path / "demo", *numbers)
    assert not (tmp_path / "demo").exists()


@pytest.mark.parametrize("other", ["notes.txt", "train_simplified/airplane.csv"])
def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path, other):
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("mine")
    with pytest.raises(UsageError, match=other):
        write_dataset(tmp_path, words=1, per_word=5, seed=7)
    assert _checksums(tmp_path) == {other: hashlib.sha256(b"mine").hexdigest()}


@pytest.mark.parametrize("out", ["taken", "taken/below"])
def test_a_file_where_the_folder_should_be_is_refused(tmp_path, out):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(UsageError, match=r"cannot be written .*--out"):
        write_dataset(tmp_path / out, words=1, per_word=5, seed=7)


def test_a_disk_error_leaves_no_staging_folder(tmp_path):
    (tmp_path / "train_simplified" / "house.csv").mkdir(parents=True)
    with pytest.raises(UsageError, match="cannot be written"):
        write_dataset(tmp_path, words=2, per_word=5, seed=7)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]

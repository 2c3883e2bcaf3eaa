import gzip
import pathlib

import pytest

from components.errors import DataRefusedError, UsageError
from components.submission.drawings_file import find_drawings
from components.submission.labels import check_labels, read_labels
from tests.components.submission.drawing_rows import LINE, write_drawings, write_labels


def test_words_with_blanks_and_with_underscores_are_one(tmp_path: pathlib.Path) -> None:
    rows = [("3", "bee"), ("1", "alarm clock"), ("2", "alarm_clock")]
    labels = read_labels(str(write_labels(tmp_path / "labels.csv", rows)))
    assert labels.names == ("alarm_clock", "bee")
    assert labels.keys.to_pylist() == [b"3", b"1", b"2"]
    assert labels.words.tolist() == [1, 0, 0]


def test_a_gzipped_file_of_training_drawings_has_labels_too(tmp_path: pathlib.Path) -> None:
    (tmp_path / "cat.csv.gz").write_bytes(gzip.compress(f'word,drawing,key_id\ncat,"{LINE}",7\n'.encode()))
    labels = read_labels(str(tmp_path / "cat.csv.gz"))
    assert (labels.names, labels.keys.to_pylist()) == (("cat",), [b"7"])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("1", "ant"), ("2", " ")], "labels.csv, row 2: the key_id 2 has no word"),
        ([("1", "ant"), ("", "bee")], "labels.csv, row 2: key_id is empty"),
        ([("1", "ant"), ("1", "bee")], "labels.csv: the key_id 1 is in row 1 and again in row 2"),
        ([("1", "ant,bee")], "labels.csv, row 1: wrong number of columns"),
    ],
)
def test_labels_that_are_none(tmp_path: pathlib.Path, rows: list[tuple[str, str]], sentence: str) -> None:
    with pytest.raises(DataRefusedError, match=sentence):
        read_labels(str(write_labels(tmp_path / "labels.csv", rows)))


def test_a_file_without_words(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match="must have one column word"):
        read_labels(str(write_drawings(tmp_path / "test.csv", [("1", LINE)])))


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (["3", "1", "2"], None),
        (["3", "1"], r"labels.csv has no label for the key_id 2, row 2 of .*test.csv"),
        (["3", "1", "2", "4"], r"labels.csv, row 4: there is no drawing with the key_id 4 in .*test.csv"),
    ],
)
def test_labels_and_drawings_have_the_same_keys(tmp_path: pathlib.Path, keys: list[str], sentence: str | None) -> None:
    labels = read_labels(str(write_labels(tmp_path / "labels.csv", [(key, "ant") for key in keys])))
    file = find_drawings(str(write_drawings(tmp_path / "test.csv", [(key, LINE) for key in ("1", "2", "3")])))
    if sentence is None:
        check_labels(labels, file)
        return
    with pytest.raises(DataRefusedError, match=sentence):
        check_labels(labels, file)

import pathlib

import pytest

from components.errors import UsageError
from components.submission.frequent_words import read_frequent_words
from components.trainer.assets import LABELS_FILE, labels_to_text, write_word_counts

LABELS = ["ant", "bee", "cat", "dog"]


def write_labels(model: pathlib.Path, labels: list[str]) -> None:
    (model / LABELS_FILE).parent.mkdir()
    (model / LABELS_FILE).write_text(labels_to_text(labels))


def test_the_three_most_frequent_and_the_alphabet_among_equals(tmp_path: pathlib.Path) -> None:
    write_labels(tmp_path, LABELS)
    write_word_counts(tmp_path, {"ant": 2, "bee": 5, "cat": 2, "dog": 9})
    assert read_frequent_words(tmp_path) == (("dog", "bee", "ant"), True)


def test_a_model_of_two_words_has_two(tmp_path: pathlib.Path) -> None:
    write_labels(tmp_path, LABELS[:2])
    write_word_counts(tmp_path, {"ant": 2, "bee": 5})
    assert read_frequent_words(tmp_path) == (("bee", "ant"), True)


def test_an_older_model_has_its_first_labels(tmp_path: pathlib.Path) -> None:
    write_labels(tmp_path, LABELS)
    assert read_frequent_words(tmp_path) == (("ant", "bee", "cat"), False)


def test_a_model_of_somebody_else(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"has no assets.extra/labels.txt: .* choose another --version"):
        read_frequent_words(tmp_path)

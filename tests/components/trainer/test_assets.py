import pathlib

from components.trainer.assets import (
    WORD_COUNTS_FILE,
    labels_from_text,
    labels_to_text,
    read_word_counts,
    write_word_counts,
)


def test_labels_are_a_line_each_whatever_else_ends_a_line() -> None:
    labels = ["ant", "caf\u00e9", "line\u2028separator"]
    assert labels_to_text(labels).count("\n") == 3
    assert labels_from_text(labels_to_text(labels)) == labels


def test_word_counts_come_back_as_they_were(tmp_path: pathlib.Path) -> None:
    counts = {"zebra": 3, "ant": 12, "caf\u00e9": 0}
    write_word_counts(tmp_path / "model", counts)
    assert list(read_word_counts(tmp_path / "model").items()) == list(counts.items())
    assert (tmp_path / "model" / WORD_COUNTS_FILE).read_text() == '{\n "zebra": 3,\n "ant": 12,\n "caf\u00e9": 0\n}'


def test_a_model_of_an_older_release_has_none(tmp_path: pathlib.Path) -> None:
    assert read_word_counts(tmp_path) == {}

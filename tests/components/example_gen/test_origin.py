import json

import pytest

from components.example_gen.data_file import DataFile
from components.example_gen.origin import describe_origin, read_words

FILES = [DataFile("/data/cat.csv", "cat", "csv", 9), DataFile("/data/ice_cream.csv", "ice_cream", "csv", 9)]
PROPERTIES = {
    "data_dir": "/data",
    "words": "cat, ice cream",
    "num_words": 0,
    "per_word": 500,
    "max_bad_fraction": 0.01,
    "split_fractions": json.dumps({"train": 0.8, "eval": 0.1, "test": 0.1}),
    "data_fingerprint": "f0",
    "code_fingerprint": "c0",
}


@pytest.mark.parametrize(
    ("text", "words"), [("", []), (" ", []), ("cat", ["cat"]), (" ice cream , cat,", ["ice cream", "cat"])]
)
def test_words_as_a_person_writes_them(text: str, words: list[str]) -> None:
    assert read_words(text) == words


def test_the_origin_says_what_was_read() -> None:
    origin = describe_origin(FILES, PROPERTIES)
    key = origin.pop("examples_key")
    assert len(key) == 16
    assert origin == {
        "folder": "/data",
        "files_fingerprint": "f0",
        "words": ["cat", "ice cream"],
        "per_word": 500,
        "split": "hash of key_id, train 80%, eval 10%, test 10%",
    }


def test_without_a_choice_there_is_all() -> None:
    origin = describe_origin(FILES, {**PROPERTIES, "words": "", "per_word": 0})
    assert (origin["words"], origin["per_word"]) == ("all", "all")
    assert describe_origin(FILES, {**PROPERTIES, "words": "", "num_words": 3})["words"] == 3


@pytest.mark.parametrize(
    ("change", "is_another"),
    [
        ({"data_fingerprint": "f1"}, True),
        ({"per_word": 501}, True),
        ({"words": "cat"}, True),
        ({"code_fingerprint": "c1"}, True),
        ({"data_dir": "/mnt/data"}, False),
        ({"quarantine_dir": "/q"}, False),
    ],
)
def test_the_key_changes_with_whatever_decides_about_the_examples(change: dict[str, str], is_another: bool) -> None:
    before, after = (describe_origin(FILES, {**PROPERTIES, **each})["examples_key"] for each in ({}, change))
    assert (before != after) == is_another

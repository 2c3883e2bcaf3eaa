"""Which files a run reads, and the sentence for each folder that it cannot use."""

import gzip
import os

import fsspec
import pytest

from components.errors import UsageError
from components.example_gen.file_selection import data_fingerprint, select_files
from tests.components.example_gen.csv_folder import write_words


def labels(files):
    return [file.label for file in files]


@pytest.fixture
def folder(tmp_path):
    write_words(tmp_path, ["dog", "alarm clock", "cat", "The Mona Lisa"], rows_per_word=1)
    (tmp_path / "test_simplified.csv").write_text("key_id,countrycode,drawing\n")
    (tmp_path / "notes.txt").write_text("not a CSV file")
    return tmp_path


def test_all_labelled_files_sorted_by_label(folder):
    assert labels(select_files(str(folder))) == ["The_Mona_Lisa", "alarm_clock", "cat", "dog"]


@pytest.mark.parametrize("words", [["dog", "alarm clock"], ["alarm_clock", "dog"], [" dog", "alarm clock", "dog"]])
def test_words_with_spaces_or_underscores_in_any_order(folder, words):
    assert labels(select_files(str(folder), words)) == ["alarm_clock", "dog"]


def test_num_words_takes_the_first(folder):
    assert labels(select_files(str(folder), None, 2)) == ["The_Mona_Lisa", "alarm_clock"]


def test_two_files_of_one_word_are_both_read(folder):
    write_words(folder, ["alarm_clock"], rows_per_word=1)
    assert labels(select_files(str(folder), ["alarm clock", "cat"])) == ["alarm_clock", "alarm_clock", "cat"]


@pytest.mark.parametrize(
    ("words", "num_words", "sentence"),
    [
        (["cat", "dgo"], None, r"no file for the word 'dgo'; the nearest are dog"),
        (["cat", "xyzzy"], None, r"no file for the word 'xyzzy'; it has 4 other words"),
        (["cat"], None, r"at least two words, .* gave only cat"),
        (None, 1, r"at least two words, .* gave only The_Mona_Lisa"),
        (None, 0, r"--num-words must be positive, not 0"),
    ],
)
def test_unusable_words(folder, words, num_words, sentence):
    with pytest.raises(UsageError, match=sentence):
        select_files(str(folder), words, num_words)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, r"has no \.csv or \.ndjson file"),
        ({"a.txt": "word"}, r"has no \.csv or \.ndjson file"),
        ({"test_simplified.csv": "key_id,countrycode,drawing\n"}, "has only unlabelled CSV files"),
        ({"a.csv": "", "b.csv": ""}, r"a\.csv is empty"),
        ({"a.ndjson": "", "b.ndjson": ""}, r"a\.ndjson is empty"),
        ({"a.csv.gz": "drawing,key_id,recognized,word\n"}, r"a\.csv\.gz cannot be read: Not a gzipped file"),
        (
            {"a.csv": "drawing,key_id,word\n"},
            r"a\.csv lacks the column 'recognized'; its header is 'drawing, key_id, word'",
        ),
        ({"a.csv": "drawing;key_id;recognized;word\n"}, r"a\.csv lacks the column 'drawing'"),
    ],
)
def test_unusable_folder(tmp_path, files, sentence):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=sentence):
        select_files(str(tmp_path))


def test_missing_folder(tmp_path):
    with pytest.raises(UsageError, match="nowhere is not a folder"):
        select_files(str(tmp_path / "nowhere"))


def test_all_formats_of_one_word_are_read(folder):
    (folder / "cat.csv.gz").write_bytes(gzip.compress(b"drawing,key_id,recognized,word\n"))
    (folder / "cat.ndjson").write_text("{}\n")
    (folder / "full_simplified_cat.ndjson.gz").write_bytes(gzip.compress(b"{}\n"))
    files = select_files(str(folder), ["cat", "dog"])
    assert [(file.name, file.label, file.format, file.is_gzipped) for file in files] == [
        ("cat.csv", "cat", "csv", False),
        ("cat.csv.gz", "cat", "csv", True),
        ("cat.ndjson", "cat", "ndjson", False),
        ("full_simplified_cat.ndjson.gz", "cat", "ndjson", True),
        ("dog.csv", "dog", "csv", False),
    ]
    assert files[1].columns == ("drawing", "key_id", "recognized", "word")


def test_a_gzip_file_that_ends_within_its_header_is_refused(folder):
    (folder / "cat.csv.gz").write_bytes(gzip.compress(b"drawing,key_id,recognized,word\n")[:12])
    with pytest.raises(UsageError, match=r"cat\.csv\.gz is cut short: its gzip stream has no end; copy the file again"):
        select_files(str(folder))


def test_any_file_system_of_fsspec_will_do():
    memory = fsspec.filesystem("memory")
    for word in ("cat", "dog"):
        memory.pipe(f"/selection/{word}.csv", b"drawing,key_id,recognized,word\n")
    files = select_files("memory://selection")
    assert [file.path for file in files] == ["memory://selection/cat.csv", "memory://selection/dog.csv"]
    before = data_fingerprint(files)
    memory.pipe("/selection/dog.csv", b"drawing,key_id,recognized,word\n")
    assert before != data_fingerprint(files)


@pytest.mark.parametrize("url", ["nosuchprotocol://bucket/folder", "gs://bucket/folder"])
def test_a_protocol_that_is_not_installed_is_named(url):
    with pytest.raises(UsageError, match=url):
        select_files(url)


def test_a_broken_file_that_is_not_selected_does_no_harm(folder):
    (folder / "zebra.csv").write_text("")
    assert labels(select_files(str(folder), ["cat", "dog"])) == ["cat", "dog"]


def test_fingerprint_changes_with_the_files(folder):
    before = data_fingerprint(select_files(str(folder)))
    assert before == data_fingerprint(select_files(str(folder))[::-1])
    os.utime(folder / "cat.csv", ns=(0, 0))
    touched = data_fingerprint(select_files(str(folder)))
    (folder / "cat.csv").rename(folder / "cow.csv")
    assert len({before, touched, data_fingerprint(select_files(str(folder)))}) == 3

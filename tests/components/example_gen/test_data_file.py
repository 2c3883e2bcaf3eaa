"""What a data file's name says."""

import gzip

import pytest

from components.example_gen.data_file import (
    format_of,
    label_of,
    label_of_file,
    open_data_file,
    read_header,
    stem_of,
)


@pytest.mark.parametrize(
    ("name", "stem", "label", "data_format"),
    [
        ("cat.csv", "cat", "cat", "csv"),
        ("alarm clock.csv.gz", "alarm clock", "alarm_clock", "csv"),
        ("The Mona Lisa.ndjson", "The Mona Lisa", "The_Mona_Lisa", "ndjson"),
        ("full_simplified_alarm clock.ndjson", "full_simplified_alarm clock", "alarm_clock", "ndjson"),
        ("full-raw-cat.ndjson.gz", "full-raw-cat", "cat", "ndjson"),
        ("st. nicholas.csv", "st. nicholas", "st._nicholas", "csv"),
        ("cat.CSV", "cat", "cat", None),
        ("notes.txt", "notes", "notes", None),
    ],
)
def test_names(name, stem, label, data_format):
    assert (stem_of(name), label_of_file(name), format_of(name)) == (stem, label, data_format)


def test_label_and_header():
    assert label_of(" alarm clock") == "alarm_clock"
    assert read_header(b'\xef\xbb\xbfdrawing,"key_id", word\r\n') == ("drawing", "key_id", "word")


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", b"text"), ("a.csv.gz", gzip.compress(b"text"))], ids=["plain", "gzip"]
)
def test_gzip_is_unpacked_by_name(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with open_data_file(str(tmp_path / name)) as stream:
        assert stream.read() == b"text"

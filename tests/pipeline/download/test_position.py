import google_crc32c
import pytest

from pipeline.download.csv_rows import CsvRows
from pipeline.download.position import Position, load_position, save_position
from pipeline.download.served_object import ServedObject

# The checksum that RFC 3720 (B.4) gives for 32 zeros, big end first: 8A9136AA.
ZEROS = ServedObject("full/raw/cat.ndjson", '"a"', "", 32, "ipE2qg==")


def behind(position: Position, source: bytes) -> Position:
    return position.behind(source, CsvRows(b"row\n", 1, len(source), 2, []), 5)


def test_a_position_adds_up():
    position = behind(behind(Position(ZEROS), bytes(20)), bytes(12))
    assert (position.offset, position.rows, position.lines, position.malformed_bytes) == (32, 2, 4, 10)
    assert position.crc32c == google_crc32c.value(bytes(32))
    assert position.is_at_end


def test_only_what_was_used_of_the_source_counts():
    position = Position(ZEROS).behind(bytes(20), CsvRows(b"", 0, 7, 0, []), 0)
    assert (position.offset, position.crc32c) == (7, google_crc32c.value(bytes(7)))


@pytest.mark.parametrize(
    ("source", "checksum", "is_damaged"),
    [
        (bytes(32), "ipE2qg==", False),
        (bytes(31) + b"1", "ipE2qg==", True),
        (bytes(31), "ipE2qg==", False),
        (bytes(31) + b"1", "", False),
    ],
    ids=["right", "wrong", "not_at_the_end", "no_checksum"],
)
def test_damage_is_known_at_the_end(source, checksum, is_damaged):
    assert behind(Position(ZEROS._replace(crc32c=checksum)), source).is_damaged == is_damaged


def test_a_position_is_stored(tmp_path):
    position = behind(Position(ZEROS), bytes(20))
    save_position(tmp_path / "cat.json", position)
    assert load_position(tmp_path / "cat.json") == position
    assert [path.name for path in tmp_path.iterdir()] == ["cat.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"source": {}}', '{"source": 7}', '{"offset": 7}', "\ufffd"])
def test_a_stored_position_that_is_none(tmp_path, text):
    (tmp_path / "cat.json").write_text(text)
    assert load_position(tmp_path / "cat.json") is None
    assert load_position(tmp_path / "dog.json") is None

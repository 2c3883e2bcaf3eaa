import pathlib
import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import DataRefusedError, UsageError
from components.submission.drawings_file import find_drawings
from components.submission.inference import read_drawings
from components.submission.survey import Shard, survey
from tests.components.submission.drawing_rows import LINE, LINE_IN_LINES, write_drawings

DRAWINGS = [LINE, LINE_IN_LINES, 'a "quoted" word', "\n\n", "", "[[[" + "1," * 300]


def look(path: pathlib.Path, shard_bytes: int = 1 << 20) -> list[Shard]:
    return survey(find_drawings(str(path)), shard_bytes)


@given(st.lists(st.sampled_from(DRAWINGS), min_size=1, max_size=30), st.integers(20, 2000))
def test_every_row_is_in_one_shard_in_the_order_of_the_file(drawings: list[str], shard_bytes: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_drawings(pathlib.Path(folder, "test.csv"), ((f"k{i}", text) for i, text in enumerate(drawings)))
        shards = look(path, shard_bytes)
        read = [read_drawings(shard) for shard in shards]
    keys = [key.decode() for shard in read for key in shard.keys]
    assert keys == [f"k{i}" for i in range(len(drawings))]
    assert [text.decode() for shard in read for text in shard.drawings] == drawings
    assert [shard.first_row for shard in shards] == [sum(s.rows for s in shards[:i]) for i in range(len(shards))]
    assert [shard.number for shard in shards] == list(range(len(shards)))
    assert all(shard.rows for shard in shards)


def test_shards_are_about_as_large_as_asked(tmp_path: pathlib.Path) -> None:
    path = write_drawings(tmp_path / "test.csv", ((f"{number:08}", LINE) for number in range(1000)))
    shards = look(path, path.stat().st_size // 10)
    assert 10 <= len(shards) <= 11
    assert all(98 <= shard.rows <= 102 for shard in shards[:-1])


@pytest.mark.parametrize("shard_bytes", [64, 1 << 20])
def test_a_key_that_is_there_twice(tmp_path: pathlib.Path, shard_bytes: int) -> None:
    keys = ["1", "2", "3", "4", "2", "5", "1"]
    path = write_drawings(tmp_path / "test.csv", [(key, LINE) for key in keys])
    with pytest.raises(DataRefusedError, match=r"test.csv: the key_id 2 is in row 2 and again in row 5; a submission"):
        look(path, shard_bytes)


def test_keys_with_one_hash_are_still_two(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    from components.submission import survey as module

    constant = type("Hashes", (), {"order": np.zeros(2, np.uint64)})
    monkeypatch.setattr(module, "hash_keys", lambda keys: constant)
    path = write_drawings(tmp_path / "test.csv", [("1", LINE), ("2", LINE)])
    assert [shard.rows for shard in look(path)] == [2]


@pytest.mark.parametrize("shard_bytes", [64, 1 << 20])
@pytest.mark.parametrize("key", [b"", b"\xff7"])
def test_a_key_that_is_missing(tmp_path: pathlib.Path, key: bytes, shard_bytes: int) -> None:
    path = write_drawings(tmp_path / "test.csv", [(str(number), LINE) for number in range(9)])
    path.write_bytes(path.read_bytes().replace(b"\n5,", b"\n" + key + b","))
    with pytest.raises(DataRefusedError, match=r"test.csv, row 6: key_id is empty or not UTF-8"):
        look(path, shard_bytes)


def test_a_row_that_is_none(tmp_path: pathlib.Path) -> None:
    path = write_drawings(tmp_path / "test.csv", [(str(number), LINE) for number in range(9)])
    path.write_text(path.read_text().replace("\n5,US,", "\n5,"))
    with pytest.raises(DataRefusedError, match=r"test.csv, row 6: wrong number of columns"):
        look(path, 64)


def test_a_header_and_nothing_else(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"test.csv has no rows"):
        look(write_drawings(tmp_path / "test.csv", []))

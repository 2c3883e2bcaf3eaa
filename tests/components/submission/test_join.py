import hashlib
import pathlib

import pytest

from components.example_gen.data_file import DataFile
from components.submission.join import join
from components.submission.parts import PartCounts, write_part
from components.submission.survey import Shard

FILE = DataFile("test.csv", "", "csv", 9)
SHARDS = [Shard(0, FILE, 0, 9, 0, 2), Shard(2, FILE, 9, 9, 2, 1)]


def write_parts(folder: pathlib.Path) -> None:
    write_part(str(folder), 2, [b"1"], ["bee"], PartCounts(1, 1))
    write_part(str(folder), 0, [b"3", b"2"], ["ant", "cat"], PartCounts(2, 0))


def test_parts_come_in_the_order_of_the_rows(tmp_path: pathlib.Path) -> None:
    write_parts(tmp_path)
    out = tmp_path / "new" / "submission.csv"
    joined = join(tmp_path, SHARDS, out)
    assert out.read_text() == "key_id,word\n3,ant\n2,cat\n1,bee\n"
    assert joined == (3, 1, hashlib.sha256(out.read_bytes()).hexdigest())
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("shards", "sentence"),
    [
        ([*SHARDS, Shard(3, FILE, 18, 9, 3, 1)], "the part of shard 3 is missing"),
        ([SHARDS[0], Shard(2, FILE, 9, 9, 2, 4)], "the part of shard 2 has 1 rows, not 4"),
    ],
)
def test_a_part_that_does_not_fit_leaves_the_old_submission(
    tmp_path: pathlib.Path, shards: list[Shard], sentence: str
) -> None:
    write_parts(tmp_path)
    out = tmp_path / "submission.csv"
    out.write_text("old")
    with pytest.raises(RuntimeError, match=sentence):
        join(tmp_path, shards, out)
    assert out.read_text() == "old"

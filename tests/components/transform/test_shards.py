"""What a shard becomes is seen in test_executor.py; here, that it is whole or not there."""

import pathlib

import pytest

from components.transform.shards import Shard, TransformShard
from tests.components.doodles import LINE, example, write_records


def test_a_shard_cut_short_leaves_no_transformed_file(tmp_path: pathlib.Path) -> None:
    write_records(tmp_path / "raw.gz", [example(LINE, "line")] * 50)
    whole = (tmp_path / "raw.gz").read_bytes()
    (tmp_path / "raw.gz").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "out").mkdir()
    work = TransformShard(str(tmp_path))
    work._transform = lambda batch: {"image": batch["drawing"], "word": batch["word"]}
    shard = Shard("train", str(tmp_path / "raw.gz"), str(tmp_path / "out" / "raw.gz"), str(tmp_path / "temporary"))
    with pytest.raises(Exception, match=r"DataLoss|corrupted|truncated|inflate"):
        list(work.process(shard))
    assert list((tmp_path / "out").iterdir()) == []

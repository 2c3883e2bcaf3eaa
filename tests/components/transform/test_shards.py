"""What Transform makes of whole artifacts is seen in test_executor.py; here, that a shard is whole or not there."""

import pathlib

import pytest
import tensorflow as tf

from components.transform.shards import Shard, TransformShard
from tests.components.doodles import LINE, SQUARE, example, write_records


@pytest.mark.parametrize("feature", ["image", "packed_strokes"])
def test_writes_every_feature_that_the_graph_makes(feature: str, tmp_path: pathlib.Path) -> None:
    write_records(tmp_path / "raw.gz", [example(LINE, "line"), example(SQUARE, "square")])
    work = TransformShard(str(tmp_path))
    work._transform = lambda batch: {"word": batch["word"], feature: batch["drawing"]}
    target = str(tmp_path / "out" / "raw.gz")
    (tmp_path / "out").mkdir()

    assert list(work.process(Shard("train", str(tmp_path / "raw.gz"), target, str(tmp_path / "temporary")))) == [target]

    examples = map(tf.train.Example.FromString, tf.data.TFRecordDataset(target, "GZIP").as_numpy_iterator())
    assert [
        {name: list(value.bytes_list.value) for name, value in written.features.feature.items()} for written in examples
    ] == [{feature: [LINE.encode()], "word": [b"line"]}, {feature: [SQUARE.encode()], "word": [b"square"]}]


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

"""Shards of Examples."""

import pyarrow as pa
import tensorflow as tf
from tensorflow_transform.tf_metadata import schema_utils

from components.example_gen.example_writer import FEATURES, write_shard
from components.examples import encode_examples
from schema.loader import load_schema


def rows(orders):
    count = len(orders)
    return pa.table(
        {
            "drawing": pa.array([b"[[[1],[2]]]"] * count, pa.binary()),
            "word": pa.array([b"cat"] * count, pa.binary()),
            "key_id": pa.array([str(order).encode() for order in orders], pa.binary()),
            "countrycode": pa.array([b""] * count, pa.binary()),
            "strokes": pa.array([1] * count),
            "points": pa.array(orders, pa.int64()),
        }
    )


def test_an_example_has_each_feature_once_and_reads_with_the_schema():
    (serialized,) = encode_examples(rows([7]).select(list(FEATURES))).to_pylist()
    features = tf.train.Example.FromString(serialized).features.feature
    assert sorted(features) == sorted(FEATURES)
    spec = schema_utils.schema_as_feature_spec(load_schema()).feature_spec
    parsed = {name: value.numpy().tolist() for name, value in tf.io.parse_single_example(serialized, spec).items()}
    assert parsed == {
        "drawing": [b"[[[1],[2]]]"],
        "word": [b"cat"],
        "key_id": [b"7"],
        "countrycode": [b""],
        "strokes": [1],
        "points": [7],
    }


def test_features_are_in_one_order_in_every_process():
    """tfx_bsl's encoder alone would shuffle them anew in each process, and no two runs would give the same bytes."""
    (serialized,) = encode_examples(rows([7]).select(list(FEATURES))).to_pylist()
    positions = [serialized.index(b"\x0a" + bytes([len(name)]) + name.encode()) for name in FEATURES]
    assert positions == sorted(positions)


def test_a_shard_is_whole_in_its_order_and_alone_in_its_folder(tmp_path):
    split, temporary = tmp_path / "Split-train", tmp_path / "temporary"
    split.mkdir()
    temporary.mkdir()
    write_shard(str(split), str(temporary), 2, 12, rows([5, 10, 1]))
    assert [path.name for path in split.iterdir()] == ["data-00002-of-00012.tfrecord.gz"]
    assert list(temporary.iterdir()) == []
    dataset = tf.data.TFRecordDataset(str(split / "data-00002-of-00012.tfrecord.gz"), compression_type="GZIP")
    examples = [tf.train.Example.FromString(record.numpy()) for record in dataset]
    assert [example.features.feature["points"].int64_list.value[0] for example in examples] == [5, 10, 1]

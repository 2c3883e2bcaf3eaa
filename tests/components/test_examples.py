"""Rows as serialized Examples."""

import pathlib

import pyarrow as pa
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from components.examples import encode_examples, list_shards


def decode(serialized: bytes) -> dict[str, list[bytes] | list[int]]:
    features = tf.train.Example.FromString(serialized).features.feature
    return {
        name: list(feature.bytes_list.value if feature.HasField("bytes_list") else feature.int64_list.value)
        for name, feature in features.items()
    }


def test_a_column_becomes_a_feature_of_one_value() -> None:
    rows = pa.table({"word": pa.array([b"ant", b"", b"sun"], pa.binary()), "points": [7, 8, 7]})
    assert [decode(serialized) for serialized in encode_examples(rows).to_pylist()] == [
        {"word": [b"ant"], "points": [7]},
        {"word": [b""], "points": [8]},
        {"word": [b"sun"], "points": [7]},
    ]


def test_no_rows() -> None:
    assert (
        encode_examples(pa.table({"word": pa.array([], pa.binary()), "points": pa.array([], pa.int64())})).to_pylist()
        == []
    )


ROW = st.tuples(st.binary(max_size=300), st.binary(max_size=3), st.integers(-(2**63), 2**63 - 1))


@given(st.lists(ROW, min_size=1, max_size=20))
def test_whatever_the_values_they_come_back(rows: list[tuple[bytes, bytes, int]]) -> None:
    """Lengths around 128 and 16384 change how many bytes a length takes, and negative numbers take ten."""
    rows = [*rows, (bytes(126), bytes(130), -1), (bytes(16_400), b"", 0)]
    drawings, words, points = zip(*rows, strict=True)
    table = pa.table(
        {"drawing": pa.array(drawings, pa.binary()), "word": pa.array(words, pa.binary()), "points": pa.array(points)}
    )
    assert [decode(serialized) for serialized in encode_examples(table).to_pylist()] == [
        {"drawing": [drawing], "word": [word], "points": [point]} for drawing, word, point in rows
    ]


def test_the_shards_of_a_split_and_nothing_else(tmp_path: pathlib.Path) -> None:
    names = ["data_tfrecord-00001-of-00002.gz", "data_tfrecord-00000-of-00002.gz"]
    for name in [*names, "counts.json", "data_tfrecord-00000-of-00002.gz.sha256"]:
        (tmp_path / name).touch()
    # Of a writer that was lost.
    (tmp_path / "beam-temp-data_tfrecord-ab").mkdir()
    (tmp_path / "beam-temp-data_tfrecord-ab" / "data_tfrecord-00000-of-00002.gz").touch()
    assert list_shards(str(tmp_path)) == [f"{tmp_path}/{name}" for name in sorted(names)]

import pathlib
from collections.abc import Iterator

import pyarrow as pa
import pytest
import tensorflow as tf

from components.examples import encode_examples, write_records


def test_a_column_becomes_a_feature_of_one_value() -> None:
    first, second = encode_examples(pa.table({"word": pa.array([b"ant", b"sun"], pa.binary()), "points": [7, 8]}))
    features = tf.train.Example.FromString(first).features.feature
    assert features["word"].bytes_list.value == [b"ant"]
    assert features["points"].int64_list.value == [7]
    assert tf.train.Example.FromString(second).features.feature["word"].bytes_list.value == [b"sun"]


def test_records_come_back_in_order(tmp_path: pathlib.Path) -> None:
    write_records(str(tmp_path / "data.gz"), str(tmp_path / "temporary"), [b"one", b"two"])
    records = tf.data.TFRecordDataset(str(tmp_path / "data.gz"), compression_type="GZIP")
    assert list(records.as_numpy_iterator()) == [b"one", b"two"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_file_that_was_not_finished_never_appears(tmp_path: pathlib.Path) -> None:
    def records() -> Iterator[bytes]:
        yield b"one"
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        write_records(str(tmp_path / "data.gz"), str(tmp_path / "temporary"), records())
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]

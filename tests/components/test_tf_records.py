"""TFRecord files, as TensorFlow reads them."""

import pathlib
from collections.abc import Iterator

import pyarrow as pa
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from components.tf_records import frame_records, write_records


def array(*records: bytes) -> pa.BinaryArray:
    return pa.array(records, pa.binary())


def test_records_come_back_in_order(tmp_path: pathlib.Path) -> None:
    write_records(str(tmp_path / "data.gz"), str(tmp_path / "temporary"), [array(b"one", b""), array(), array(b"two")])
    records = tf.data.TFRecordDataset(str(tmp_path / "data.gz"), compression_type="GZIP")
    assert list(records.as_numpy_iterator()) == [b"one", b"", b"two"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_equal_records_give_equal_files(tmp_path: pathlib.Path) -> None:
    for name in ("a.gz", "b.gz"):
        write_records(str(tmp_path / name), str(tmp_path / "temporary"), [array(b"one")])
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_file_that_was_not_finished_never_appears(tmp_path: pathlib.Path) -> None:
    def batches() -> Iterator[pa.BinaryArray]:
        yield array(b"one")
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        write_records(str(tmp_path / "data.gz"), str(tmp_path / "temporary"), batches())
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_the_bytes_are_those_of_tensorflows_own_writer(
    tmp_path_factory: pytest.TempPathFactory, records: list[bytes]
) -> None:
    path = tmp_path_factory.mktemp("stock") / "data"
    with tf.io.TFRecordWriter(str(path)) as writer:
        for record in records:
            writer.write(record)
    assert bytes(frame_records(array(*records))) == path.read_bytes()
    assert bytes(frame_records(array(b"before", *records, b"behind").slice(1, len(records)))) == path.read_bytes()

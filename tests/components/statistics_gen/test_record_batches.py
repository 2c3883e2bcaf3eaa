"""Files of examples as Arrow record batches."""

from components.statistics_gen.record_batches import read_record_batches
from tests.components.doodles import write_records
from tests.components.statistics_gen.split_files import make_row, serialize


def test_batches_hold_every_row_in_order(tmp_path):
    path = tmp_path / "data.tfrecord.gz"
    write_records(path, [serialize({"key_id": str(number)}) for number in range(2_500)])
    batches = list(read_record_batches(str(path)))
    assert [batch.num_rows for batch in batches] == [1_000, 1_000, 500]
    keys = [key for batch in batches for key in batch.column(0).flatten().to_pylist()]
    assert keys == [str(number).encode() for number in range(2_500)]


def test_columns_are_what_the_examples_hold(tmp_path):
    path = tmp_path / "data.tfrecord.gz"
    write_records(path, [serialize(make_row(0, colour="red", word=None)), serialize(make_row(1, word=["cat", "dog"]))])
    (batch,) = read_record_batches(str(path))
    columns = batch.to_pydict()
    assert columns["word"] == [None, [b"cat", b"dog"]]
    assert columns["colour"] == [[b"red"], None]
    assert columns["strokes"] == [[1], [2]]


def test_an_empty_file_has_no_batch(tmp_path):
    path = tmp_path / "data.tfrecord.gz"
    write_records(path, [])
    assert list(read_record_batches(str(path))) == []

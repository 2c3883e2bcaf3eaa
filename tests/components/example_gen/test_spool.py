"""Rows from hand to hand, through files."""

import numpy as np
import pyarrow as pa
import pytest

from components.example_gen.spool import SPOOL_SCHEMA, read_pieces, write_spool


def table(*keys: bytes) -> pa.Table:
    count = len(keys)
    columns = {
        name: pa.array([b"x"] * count if pa.types.is_binary(kind) else range(count), kind)
        for name, kind in zip(SPOOL_SCHEMA.names, SPOOL_SCHEMA.types, strict=True)
    }
    return pa.table(
        {**columns, "key_id": pa.array(keys, pa.binary()), "order": pa.array([2**64 - 1] * count, pa.uint64())}
    )


ROWS = table(b"a", b"b", b"c", b"d")


@pytest.fixture(params=["disk", "memory"])
def folder(request, tmp_path):
    return str(tmp_path) if request.param == "disk" else f"memory:/{tmp_path}"


def test_each_shard_gets_its_rows_from_all_units(folder):
    first = write_spool(folder, "1.arrow", ROWS, np.array([7, 0, 7, 0]))
    second = write_spool(folder, "0.arrow", ROWS.slice(0, 1), np.array([7]))
    assert sorted(first) == [0, 7]
    assert read_pieces([first[0]]).column("key_id").to_pylist() == [b"b", b"d"]
    assert read_pieces([first[0]]).column("points").to_pylist() == [1, 3]
    assert read_pieces([first[0]]).column("order").to_pylist() == [2**64 - 1] * 2
    for pieces in ([first[7], second[7]], [second[7], first[7]]):
        assert read_pieces(pieces).column("key_id").to_pylist() == [b"a", b"a", b"c"]


def test_a_unit_that_is_tried_again_gives_the_same_file(tmp_path):
    again = [write_spool(str(tmp_path), "0.arrow", ROWS, np.array([1, 0, 1, 0])) for _ in range(2)]
    assert again[0] == again[1]
    assert [path.name for path in tmp_path.iterdir()] == ["0.arrow"]
    assert read_pieces(again[0].values()).num_rows == 4


def test_no_rows_no_pieces(tmp_path):
    assert write_spool(str(tmp_path), "0.arrow", ROWS.slice(0, 0), np.zeros(0, np.uint64)) == {}

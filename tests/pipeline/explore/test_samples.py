"""The few drawings that stand for many."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from pipeline.explore.samples import Sample, drawings_at


def _add(sample, hashes):
    rows = pa.table(
        {
            "key_id": pa.array([str(number).encode() for number in hashes], pa.binary()),
            "countrycode": pa.array([b"DE"] * len(hashes), pa.binary()),
            "drawing": pa.array([b"[[[1], [2]]]"] * len(hashes), pa.binary()),
        }
    )
    numbers = np.array(hashes, np.uint64)
    positions = sample.promising(numbers)
    assert len(positions) <= sample.size
    sample.add(drawings_at(rows, numbers, positions, ["cat"] * len(positions)))


def test_keeps_the_smallest_hashes_smallest_first():
    sample = Sample(2)
    _add(sample, [7, 2**64 - 1, 3, 5])
    _add(sample, [4])
    assert [tuple(drawing) for drawing in sample.drawings] == [
        (3, "cat", "3", "DE", "[[[1], [2]]]"),
        (4, "cat", "4", "DE", "[[[1], [2]]]"),
    ]


def test_a_row_that_is_there_twice_is_kept_once():
    sample = Sample(3)
    _add(sample, [1, 1, 2])
    assert [drawing.order for drawing in sample.drawings] == [1, 2]


@given(st.lists(st.lists(st.integers(0, 50), max_size=9), max_size=5), st.integers(1, 4), st.booleans())
def test_parts_sampled_apart_make_the_sample_of_the_whole(parts, size, at_once):
    merged = Sample(size)
    for hashes in parts:
        part = merged if at_once else Sample(size)
        _add(part, sorted(set(hashes)))
        if not at_once:
            merged.merge(part)
    everything = {number for hashes in parts for number in hashes}
    assert [drawing.order for drawing in merged.drawings] == sorted(everything)[:size]

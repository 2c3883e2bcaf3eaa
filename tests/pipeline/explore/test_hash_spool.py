"""Repeats among any number of texts."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.explore.hash_spool import HashSpool, Repeats, hash_texts


def _hashes(*texts):
    return hash_texts(pa.array([text.encode() for text in texts], pa.binary()))


def test_equal_texts_have_equal_hashes_and_other_texts_others():
    hashes = _hashes("a", "b", "a", "")
    assert hashes.dtype == np.uint64
    assert hashes[0] == hashes[2]
    assert len(set(hashes.tolist())) == 3


def test_hashes_are_the_same_in_every_process():
    # SipHash-2-4 of pandas, whose key is fixed.
    assert _hashes("5152802093400064").tolist() == [12493575123570710252]


@pytest.mark.parametrize("parts", [1, 5])
def test_counts_what_occurs_again(tmp_path, parts):
    spool = HashSpool(tmp_path, "keys", parts)
    spool.add(_hashes("a", "b", "c"))
    spool.add(_hashes("b", "d", "b", "a"))
    assert spool.count() == Repeats(rows=3, texts=2, most=3)


def test_nothing_repeats_among_nothing(tmp_path):
    assert HashSpool(tmp_path, "keys", 2).count() == Repeats(0, 0, 0)


def test_spools_of_two_names_share_a_folder(tmp_path):
    keys, drawings = HashSpool(tmp_path, "keys", 1), HashSpool(tmp_path, "drawings", 1)
    keys.add(_hashes("a", "a"))
    drawings.add(_hashes("a"))
    assert (keys.count().rows, drawings.count().rows) == (1, 0)


def test_no_part_holds_more_than_its_share(tmp_path):
    HashSpool(tmp_path, "keys", 4).add(_hashes(*map(str, range(4_000))))
    sizes = [path.stat().st_size // 8 for path in sorted(tmp_path.iterdir())]
    assert len(sizes) == 4
    assert sum(sizes) == 4_000
    assert all(900 < size < 1_100 for size in sizes)


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3)), st.integers(1, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_counts_as_a_counter_does_whatever_the_parts(tmp_path_factory, hashes, parts):
    spool = HashSpool(tmp_path_factory.mktemp("spool"), "keys", parts)
    spool.add(np.array(hashes, np.uint64))
    counts = Counter(hashes)
    assert spool.count() == Repeats(
        rows=len(hashes) - len(counts),
        texts=sum(count > 1 for count in counts.values()),
        most=max(counts.values(), default=0),
    )

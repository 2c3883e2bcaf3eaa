"""The cap of a word: the smallest hashes, once each, whatever the order and the bundles."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.sampling import (
    NO_LIMIT,
    SmallestHashes,
    limits_of,
    smallest,
    smallest_of_words,
    within_limits,
)


def hashes(*values):
    return np.array(values, np.uint64)


def limit(cap, *bundles):
    """Runs the combiner as a runner might: an accumulator a bundle, compacted on its way."""
    combiner = SmallestHashes(cap)
    accumulators = []
    for bundle in bundles:
        accumulator = combiner.create_accumulator()
        for element in bundle:
            accumulator = combiner.add_input(accumulator, hashes(*element))
        accumulators.append(combiner.compact(accumulator))
    return combiner.extract_output(combiner.merge_accumulators(accumulators))


def table(words, orders):
    return pa.table({"word": pa.array(words, pa.binary()), "order": pa.array(orders, pa.uint64())})


@pytest.mark.parametrize(
    ("cap", "expected"), [(1, 3), (2, 5), (3, 2**64 - 1), (4, NO_LIMIT)], ids=["first", "second", "last", "all"]
)
def test_the_limit_is_the_hash_of_the_last_that_is_kept(cap, expected):
    assert limit(cap, [[5, 2**64 - 1]], [[3], [5]]) == expected


def test_a_duplicate_takes_nobodys_place():
    assert limit(2, [[7, 7, 7]], [[7, 9, 11]]) == 9


def test_memory_is_bounded_by_the_cap():
    combiner = SmallestHashes(10)
    accumulator = combiner.create_accumulator()
    for first in range(0, 100_000, 1000):
        accumulator = combiner.add_input(accumulator, np.arange(first, first + 1000, dtype=np.uint64))
        assert len(accumulator) <= 10
    assert combiner.extract_output(accumulator) == 9


def test_each_word_of_a_table_has_its_own_limit():
    rows = table([b"cat", b"dog", b"cat", b"cat"], [5, 1, 3, 4])
    of_words = smallest_of_words(rows, 2)
    assert {label: values.tolist() for label, values in of_words.items()} == {"cat": [3, 4], "dog": [1]}
    assert limits_of(of_words, 2) == {"cat": 4, "dog": NO_LIMIT}
    assert within_limits(rows, limits_of(of_words, 2)).column("order").to_pylist() == [1, 3, 4]
    assert within_limits(rows, {}).equals(rows)


def test_the_largest_hash_is_within_no_limit():
    rows = table([b"cat"], [2**64 - 1])
    assert within_limits(rows, {"dog": np.uint64(0)}).num_rows == 1


@given(
    st.lists(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=3), min_size=1, max_size=4),
    st.integers(1, 40),
    st.integers(0, 10),
    st.randoms(),
)
def test_a_larger_cap_only_adds_and_order_does_not_matter(bundles, cap, more, random):
    rows = [value for bundle in bundles for element in bundle for value in element]
    assert limit(cap, *bundles) <= limit(cap + more, *bundles)
    assert sorted(set(rows))[:cap] == smallest(hashes(*rows), cap).tolist()
    assert sum(value <= limit(cap, *bundles) for value in set(rows)) == min(cap, len(set(rows)))
    random.shuffle(rows)
    middle = len(rows) // 2
    assert limit(cap, [rows[:middle]], [rows[middle:]]) == limit(cap, *bundles)

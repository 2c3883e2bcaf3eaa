"""The sample of a word: the smallest hashes, once each, whatever the order and the bundles."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.key_hash import hash_keys
from components.example_gen.sampling import SmallestHashes


def table(keys, drawings=None):
    texts = [str(key).encode() for key in keys]
    return pa.table(
        {
            "order": pa.array(hash_keys(texts).order),
            "key_id": pa.array(texts, pa.binary()),
            "drawing": pa.array(drawings or [b""] * len(texts), pa.binary()),
            "countrycode": pa.array([b""] * len(texts), pa.binary()),
        }
    )


def sample(cap, *bundles):
    """Runs the combiner as a runner might: an accumulator a bundle, compacted on its way."""
    combiner = SmallestHashes(cap)
    accumulators = []
    for bundle in bundles:
        accumulator = combiner.create_accumulator()
        for keys in bundle:
            accumulator = combiner.add_input(accumulator, table(keys))
        accumulators.append(combiner.compact(accumulator))
    merged = combiner.merge_accumulators(accumulators)
    rows, capped, duplicate = combiner.extract_output(combiner.compact(merged))
    return [int(key) for key in rows.column("key_id").to_pylist()], capped, duplicate


def test_keeps_the_smallest_hashes_in_their_order():
    keys = list(range(10))
    by_hash = sorted(keys, key=lambda key: int(hash_keys([str(key).encode()]).order[0]))
    assert sample(None, [keys]) == (by_hash, 0, 0)
    assert sample(4, [keys]) == (by_hash[:4], 6, 0)


def test_duplicates_are_kept_once_and_counted():
    assert sample(None, [[1, 1], [1]], [[1]]) == ([1], 0, 3)


def test_of_rows_with_one_key_the_same_stays_whatever_came_first():
    for drawings in ([b"a", b"b"], [b"b", b"a"]):
        combiner = SmallestHashes(None)
        accumulator = combiner.add_input(combiner.create_accumulator(), table([1, 1], drawings))
        assert combiner.extract_output(accumulator).rows.column("drawing").to_pylist() == [b"a"]


def test_memory_is_bounded_by_the_cap():
    combiner = SmallestHashes(10)
    accumulator = combiner.create_accumulator()
    for first in range(0, 100_000, 1000):
        accumulator = combiner.add_input(accumulator, table(range(first, first + 1000)))
        assert sum(part.num_rows for part in accumulator.tables) <= 10 + 20_000
    assert combiner.extract_output(accumulator).capped == 99_990


BUNDLES = st.lists(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=3), min_size=1, max_size=4)


@given(BUNDLES.filter(any), st.integers(1, 40), st.integers(0, 10), st.randoms())
def test_a_larger_cap_only_adds_rows_and_order_does_not_matter(bundles, cap, more, random):
    kept, capped, duplicate = sample(cap, *bundles)
    assert kept == sample(cap + more, *bundles)[0][: len(kept)]
    rows = [key for bundle in bundles for keys in bundle for key in keys]
    assert len(kept) + capped + duplicate == len(rows)
    random.shuffle(rows)
    middle = len(rows) // 2
    assert sample(cap, [rows[:middle]], [rows[middle:]]) == (kept, capped, duplicate)

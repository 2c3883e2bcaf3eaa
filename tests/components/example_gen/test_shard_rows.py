"""What is kept of a shard: within the caps, each id once."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from components.example_gen.key_hash import hash_keys
from components.example_gen.shard_rows import count_sampled, sample_rows, split_rows


def table(*rows):
    """Rows of (key, word, drawing)."""
    keys = [str(key).encode() for key, _, _ in rows]
    hashes = hash_keys(keys)
    return pa.table(
        {
            "key_id": pa.array(keys, pa.binary()),
            "word": pa.array([word.encode() for _, word, _ in rows], pa.binary()),
            "drawing": pa.array([drawing.encode() for _, _, drawing in rows], pa.binary()),
            "countrycode": pa.array([b""] * len(rows), pa.binary()),
            "order": pa.array(hashes.order),
            "split_hash": pa.array(hashes.split),
        }
    )


def kept(sampled):
    return [(int(row["key_id"]), row["word"].decode(), row["drawing"].decode()) for row in sampled.rows.to_pylist()]


def order_of(key):
    return hash_keys([str(key).encode()]).order[0]


def test_sorted_by_hash():
    rows = [(key, "cat", "") for key in range(10)]
    assert kept(sample_rows(table(*rows), {})) == sorted(rows, key=lambda row: order_of(row[0]))


def test_of_rows_with_one_id_the_same_stays_whatever_came_first():
    rows = [(1, "cat", "b"), (1, "cat", "a"), (1, "dog", "a"), (2, "cat", "c")]
    for arranged in (rows, rows[::-1]):
        sampled = sample_rows(table(*arranged), {})
        assert set(kept(sampled)) == {(1, "cat", "a"), (2, "cat", "c")}
        assert (sampled.capped, sampled.duplicate) == (0, 2)


def test_rows_beyond_the_cap_of_their_word_are_capped_and_their_copies_too():
    limits = {"cat": order_of(1) - np.uint64(1)}
    sampled = sample_rows(table((1, "cat", ""), (1, "cat", ""), (1, "dog", "")), limits)
    assert kept(sampled) == [(1, "dog", "")]
    assert (sampled.capped, sampled.duplicate) == (2, 0)


def test_no_rows_at_all():
    sampled = sample_rows(table(), {"cat": np.uint64(0)})
    assert (sampled.rows.num_rows, sampled.capped, sampled.duplicate) == (0, 0, 0)


def test_splits_and_counts():
    sampled = sample_rows(table(*((key, "cat" if key % 2 else "dog", "") for key in range(100)), (1, "cat", "")), {})
    splits = split_rows(sampled.rows, {"train": 0.5, "eval": 0.25, "test": 0.25})
    assert count_sampled(sampled, splits) == {
        "kept": 100,
        "capped": 0,
        "duplicate": 1,
        "words": {"cat": {"kept": 50}, "dog": {"kept": 50}},
        "splits": {name: rows.num_rows for name, rows in splits.items()},
    }
    assert sum(rows.num_rows for rows in splits.values()) == 100
    assert 30 < splits["train"].num_rows < 70


def test_a_split_without_rows_is_left_out():
    assert list(split_rows(table((1, "cat", "")), {"train": 1 - 2e-9, "eval": 1e-9, "test": 1e-9})) == ["train"]


ROWS = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["cat", "dog"]), st.sampled_from("ab")), max_size=30)


@given(ROWS, st.randoms())
def test_every_row_has_one_fate_and_order_does_not_matter(rows, random):
    limits = {"cat": order_of(3), "dog": order_of(4)}
    sampled = sample_rows(table(*rows), limits)
    assert sampled.rows.num_rows + sampled.capped + sampled.duplicate == len(rows)
    ids = [key for key, _, _ in kept(sampled)]
    assert sorted(ids) == sorted({key for key, word, _ in rows if order_of(key) <= limits[word]})
    random.shuffle(rows)
    assert sample_rows(table(*rows), limits).rows.equals(sampled.rows)

"""What becomes of the rows of one shard: those beyond the cap and further copies of an id are left out."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from components.example_gen.sampling import within_limits
from components.example_gen.splits import SPLIT_NAMES, assign_splits
from components.example_gen.summary import Counts

# Rows of one id may differ otherwise. The further keys decide which of them stays, whatever came first.
_SORT_KEYS = [(name, "ascending") for name in ("order", "key_id", "word", "drawing", "countrycode")]


class SampledRows(NamedTuple):
    """The rows that are kept, sorted by hash, and how many of the others were out for which reason."""

    rows: pa.Table
    capped: int
    duplicate: int


def sample_rows(rows: pa.Table, limits: Mapping[str, np.uint64]) -> SampledRows:
    """Applies the cap of each word, then keeps each `key_id` once.

    Args:
        rows: all rows whose ids belong to the shard, with `order` (the hash), `key_id`, `word`, `drawing`.
        limits: label -> the largest hash that its cap lets in; all hashes for a label that is left out.
    """
    allowed = within_limits(rows, limits)
    ordered = _sort(allowed)
    kept = ordered.filter(pa.array(~_repeats_id(ordered)))
    return SampledRows(kept, rows.num_rows - allowed.num_rows, allowed.num_rows - kept.num_rows)


def split_rows(rows: pa.Table, fractions: Mapping[str, float]) -> dict[str, pa.Table]:
    """Returns the rows of each split that has any, in their order."""
    splits = assign_splits(rows.column("split_hash").to_numpy(), fractions)
    positions = {name: np.flatnonzero(splits == number) for number, name in enumerate(SPLIT_NAMES)}
    return {name: rows.take(pa.array(indices)) for name, indices in positions.items() if len(indices)}


def count_sampled(sampled: SampledRows, splits: Mapping[str, pa.Table]) -> Counts:
    """Counts the rows of a shard, in the terms of the summary."""
    words = pc.value_counts(sampled.rows.column("word")).to_pylist()
    return {
        "kept": sampled.rows.num_rows,
        "capped": sampled.capped,
        "duplicate": sampled.duplicate,
        "words": {word["values"].decode(): {"kept": word["counts"]} for word in words},
        "splits": {name: rows.num_rows for name, rows in splits.items()},
    }


def _repeats_id(rows: pa.Table) -> np.ndarray:
    """Tells which rows have the id of the row before, bool `[N]`."""
    repeats = np.zeros(rows.num_rows, bool)
    hashes = [rows.column(name).to_numpy() for name in ("order", "split_hash")]
    repeats[1:] = np.logical_and.reduce([values[1:] == values[:-1] for values in hashes])
    return repeats


def _sort(rows: pa.Table) -> pa.Table:
    """Sorts by hash; the other keys, which cost ten times as much, are looked at where hashes are equal."""
    order = rows.column("order").to_numpy()
    positions = np.argsort(order)
    if np.any(order[positions[1:]] == order[positions[:-1]]):
        return rows.sort_by(_SORT_KEYS)
    return rows.take(pa.array(positions))

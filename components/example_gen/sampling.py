"""The equal cap for each word: a combiner that keeps the rows of smallest hash, each `key_id` once.

What is kept depends on the set of rows alone: not on their order, the files, the bundles or the runner. A larger cap
only adds rows.
"""

from collections.abc import Iterable
from typing import NamedTuple

import apache_beam as beam
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Two rows with one key_id may differ otherwise. The further keys decide which of them stays, whatever came first.
_SORT_KEYS = [(name, "ascending") for name in ("order", "key_id", "drawing", "countrycode")]
# Sorting costs more than holding a few rows more, so batches pile up to this many rows beyond the cap.
_SLACK_ROWS = 20_000


class Sample(NamedTuple):
    """The rows kept of a word, sorted by hash, and what became of the others."""

    rows: pa.Table
    capped: int
    duplicate: int


class SampleAccumulator(NamedTuple):
    """Tables of rows that may be kept, each with the column `copies`, and how many rows are out already."""

    tables: list[pa.Table]
    capped: int


class SmallestHashes(beam.CombineFn):
    """Combines tables of one word's rows into a `Sample`.

    The tables have a column `order`, uint64, and `key_id`, `drawing`, `countrycode`. Memory is bounded by the cap.
    """

    def __init__(self, cap: int | None) -> None:
        """Takes the number of rows to keep; None keeps all."""
        self._cap = cap

    def create_accumulator(self) -> SampleAccumulator:
        """Returns the sample of no rows."""
        return SampleAccumulator([], 0)

    def add_input(self, accumulator: SampleAccumulator, element: pa.Table) -> SampleAccumulator:
        """Adds a table of rows."""
        copies = pa.array(np.ones(element.num_rows, np.int64))
        added = SampleAccumulator([*accumulator.tables, element.append_column("copies", copies)], accumulator.capped)
        return self._compact_when_large(added)

    def merge_accumulators(self, accumulators: Iterable[SampleAccumulator]) -> SampleAccumulator:
        """Joins samples, one after the other, so that no more than two are held uncut."""
        merged = self.create_accumulator()
        for accumulator in accumulators:
            joined = SampleAccumulator(merged.tables + accumulator.tables, merged.capped + accumulator.capped)
            merged = self._compact_when_large(joined)
        return merged

    def compact(self, accumulator: SampleAccumulator) -> SampleAccumulator:
        """Removes duplicates and the rows beyond the cap; Beam calls it before an accumulator travels."""
        if not accumulator.tables:
            return accumulator
        table = pa.concat_tables(accumulator.tables).sort_by(_SORT_KEYS).combine_chunks()
        key_ids = table.column("key_id").combine_chunks()
        is_first = np.ones(len(key_ids), bool)
        is_first[1:] = pc.not_equal(key_ids[1:], key_ids[:-1]).to_numpy(zero_copy_only=False)
        first = np.flatnonzero(is_first)
        copies = np.add.reduceat(table.column("copies").to_numpy(), first) if len(first) else np.zeros(0, np.int64)
        kept = table.take(pa.array(first[: self._cap]))
        kept = kept.set_column(kept.schema.get_field_index("copies"), "copies", pa.array(copies[: self._cap]))
        capped = 0 if self._cap is None else int(copies[self._cap :].sum())
        return SampleAccumulator([kept], accumulator.capped + capped)

    def extract_output(self, accumulator: SampleAccumulator) -> Sample:
        """Returns the sample."""
        (rows,), capped = self.compact(accumulator)
        # Every copy of a kept row is counted here and no copy of a capped one: the counts, too, know no order.
        duplicate = int(np.sum(rows.column("copies").to_numpy())) - rows.num_rows
        return Sample(rows.drop(["copies"]), capped, duplicate)

    def _compact_when_large(self, accumulator: SampleAccumulator) -> SampleAccumulator:
        """Compacts when the rows are well beyond the cap."""
        if self._cap is not None and sum(table.num_rows for table in accumulator.tables) > self._cap + _SLACK_ROWS:
            return self.compact(accumulator)
        return accumulator

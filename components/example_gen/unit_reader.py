"""Reads a unit of work: its ranges' rows are read, judged, hashed, and put where the writers of shards find them."""

from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa

from components.example_gen.data_file import UnreadableFileError
from components.example_gen.key_hash import hash_keys
from components.example_gen.progress import shared_progress
from components.example_gen.quarantine import RangeRows, quarantine_key, write_part
from components.example_gen.range_reader import read_range
from components.example_gen.row_checks import judge_rows
from components.example_gen.row_counts import RangeTally
from components.example_gen.sampling import limits_of, smallest_of_words, within_limits
from components.example_gen.spool import write_spool
from components.example_gen.work_plan import UNIT_BYTES, FileRange, WorkUnit

HASHES, RANGES, COUNTS = "hashes", "ranges", "counts"


class ReadUnits(beam.DoFn):
    """WorkUnit -> (shard, Piece); tagged: (label, its smallest hashes), (quarantine key, RangeRows), counts."""

    def __init__(self, folder: str, num_shards: int, per_word: int | None, unit_bytes: int = UNIT_BYTES) -> None:
        """Takes the folder of the spool, the number of shards, the cap, and how many bytes of rows to hold."""
        self._folder = folder
        self._num_shards = num_shards
        self._per_word = per_word
        self._unit_bytes = unit_bytes

    def setup(self) -> None:
        """Joins those who tell how far the run is."""
        self._progress = shared_progress(self._folder, "rows read")

    def process(self, unit: WorkUnit) -> Iterator[Any]:
        """Reads a unit; memory holds `unit_bytes` of it, even where a gzipped file is much larger."""
        waiting: list[pa.Table] = []
        waiting_bytes = flushes = 0
        for part in unit.ranges:
            tally = RangeTally(part)
            for rows in self._good_rows(part, tally):
                waiting.append(rows)
                waiting_bytes += rows.nbytes
                if waiting_bytes >= self._unit_bytes:
                    yield from self._flush(f"{unit.number:06d}-{flushes:04d}.arrow", waiting)
                    waiting, waiting_bytes, flushes = [], 0, flushes + 1
            yield from self._report(tally)
        if waiting:
            yield from self._flush(f"{unit.number:06d}-{flushes:04d}.arrow", waiting)

    def _good_rows(self, part: FileRange, tally: RangeTally) -> Iterator[pa.Table]:
        """Reads and judges a range."""
        try:
            for batch in read_range(part):
                judged = judge_rows(batch, part.file.label)
                tally.add(batch, judged)
                self._progress.add(batch.num_rows)
                if judged.rows.num_rows:
                    yield _with_hashes(judged.rows, part.file.label)
        except UnreadableFileError as error:
            tally.unreadable = str(error)

    def _report(self, tally: RangeTally) -> Iterator[beam.pvalue.TaggedOutput]:
        """Says what became of a range."""
        yield beam.pvalue.TaggedOutput(COUNTS, tally.counts())
        file = tally.part.file
        bad_part = write_part(self._folder, tally.part, tally.quarantined)
        entry = RangeRows(file.name, tally.part.number, tally.read, bad_part)
        yield beam.pvalue.TaggedOutput(RANGES, (quarantine_key(file), entry))

    def _flush(self, name: str, tables: Sequence[pa.Table]) -> Iterator[Any]:
        """Writes rows to the spool, without those that other rows of the unit already push beyond the cap."""
        rows = pa.concat_tables(tables)
        if self._per_word is not None:
            hashes = smallest_of_words(rows, self._per_word)
            for element in hashes.items():
                yield beam.pvalue.TaggedOutput(HASHES, element)
            before = rows.num_rows
            rows = within_limits(rows, limits_of(hashes, self._per_word))
            yield beam.pvalue.TaggedOutput(COUNTS, {"capped": before - rows.num_rows})
        shard_of_row = rows.column("order").to_numpy() % np.uint64(self._num_shards)
        yield from write_spool(self._folder, name, rows, shard_of_row).items()


def _with_hashes(rows: pa.Table, label: str) -> pa.Table:
    """Adds `word`, the label, and the hashes of the ids, `order` and `split_hash`."""
    hashes = hash_keys(rows.column("key_id").to_pylist())
    rows = rows.append_column("word", pa.repeat(pa.scalar(label.encode(), pa.binary()), rows.num_rows))
    return rows.append_column("order", pa.array(hashes.order)).append_column("split_hash", pa.array(hashes.split))

"""The Beam graph of DrawingExampleGen.

units of byte ranges -> rows, judged -> spool, by shard -> shard, capped and without duplicates -> gzipped TFRecords.
Elements are units, hashes and places in files, never drawings, so that memory stays flat on every runner; the work
inside of an element is pyarrow's and NumPy's. Side ways: malformed rows to quarantine, counts to the summary.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import apache_beam as beam
import numpy as np

from components.example_gen.data_file import DataFile
from components.example_gen.example_writer import write_shard
from components.example_gen.quarantine import RangeRows, write_quarantine
from components.example_gen.sampling import SmallestHashes
from components.example_gen.shard_rows import count_sampled, sample_rows, split_rows
from components.example_gen.splits import SPLIT_NAMES
from components.example_gen.spool import Piece, read_pieces
from components.example_gen.summary import Counts, empty_counts, merge_counts, write_summary
from components.example_gen.unit_reader import COUNTS, HASHES, RANGES, ReadUnits
from components.example_gen.work_plan import UNIT_BYTES, plan_shards, plan_units


@dataclass(frozen=True)
class IngestOptions:
    """What an ingest does and where its results go.

    Attributes:
        per_word: the most rows kept of a word; None keeps all.
        split_fractions: as `splits.check_split_fractions` returns them.
        split_uris: split name -> its folder.
        temporary_dir: a folder that all workers see, for the spool and for shards that are being written.
        summary_uri: the folder of `summary.json`.
        quarantine_dir: the folder of the malformed rows.
        unit_bytes: about how much of the input a worker reads and holds at a time.
    """

    per_word: int | None
    split_fractions: Mapping[str, float]
    split_uris: Mapping[str, str]
    temporary_dir: str
    summary_uri: str
    quarantine_dir: str
    unit_bytes: int = UNIT_BYTES


def ingest(pipeline: beam.Pipeline, files: Sequence[DataFile], options: IngestOptions) -> None:
    """Adds the whole graph to a Beam pipeline."""
    num_shards = plan_shards(files, options.per_word)
    reader = ReadUnits(options.temporary_dir, num_shards, options.per_word, options.unit_bytes)
    read = (
        pipeline
        | "Units" >> beam.Create(plan_units(files, options.unit_bytes))
        # Without it, Beam would fuse listing and reading, and one worker would read everything.
        | "SpreadOverWorkers" >> beam.Reshuffle()
        | "ReadUnits" >> beam.ParDo(reader).with_outputs(HASHES, RANGES, COUNTS, main="pieces")
    )
    # Without a cap no hashes come, and no word has a limit.
    limits = read[HASHES] | "LimitOfEachWord" >> beam.CombinePerKey(SmallestHashes(options.per_word or 1))
    shard_counts = (
        read.pieces
        | "GroupShards" >> beam.GroupByKey()
        | "WriteShards" >> beam.Map(_write_shard, beam.pvalue.AsDict(limits), num_shards, options)
    )
    _ = (
        read[RANGES]
        | "GroupRanges" >> beam.GroupByKey()
        | "WriteQuarantine" >> beam.Map(_write_quarantine, options.quarantine_dir)
    )
    nothing = empty_counts({file.label for file in files}, SPLIT_NAMES)
    _ = (
        (read[COUNTS], shard_counts)
        | "FlattenCounts" >> beam.Flatten()
        | "AddCounts" >> beam.CombineGlobally(merge_counts)
        | "WriteSummary" >> beam.Map(_write_summary, nothing, options.summary_uri)
    )


def _write_shard(
    element: tuple[int, Iterable[Piece]], limits: Mapping[str, np.uint64], num_shards: int, options: IngestOptions
) -> Counts:
    """Writes one shard of each split; returns what became of its rows."""
    shard, pieces = element
    sampled = sample_rows(read_pieces(pieces), limits)
    splits = split_rows(sampled.rows, options.split_fractions)
    for name, rows in splits.items():
        write_shard(options.split_uris[name], options.temporary_dir, shard, num_shards, rows)
    return count_sampled(sampled, splits)


def _write_quarantine(element: tuple[str, Iterable[RangeRows]], quarantine_dir: str) -> None:
    """Writes the malformed rows of the files of one key."""
    key, ranges = element
    write_quarantine(quarantine_dir, key, ranges)


def _write_summary(counts: Counts, nothing: Counts, summary_uri: str) -> None:
    """Writes the counts of the whole run."""
    write_summary(summary_uri, merge_counts([nothing, counts]))

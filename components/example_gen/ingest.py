"""The Beam graph of DrawingExampleGen.

files -> rows, judged -> by word: the sample -> by split and shard -> gzipped TFRecords. Elements are tables rather than
rows, so that the work is pyarrow's and NumPy's. Two side ways: malformed rows to quarantine, counts to the summary.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import apache_beam as beam
import numpy as np
import pyarrow as pa
from apache_beam.io.filesystems import FileSystems

from components.example_gen.csv_reader import BadRow, read_csv
from components.example_gen.example_writer import num_shards, write_shard
from components.example_gen.file_selection import CsvFile
from components.example_gen.key_hash import hash_keys
from components.example_gen.quarantine import write_quarantine
from components.example_gen.row_checks import judge_rows
from components.example_gen.row_counts import count_batch, count_sample
from components.example_gen.sampling import Sample, SmallestHashes
from components.example_gen.splits import SPLIT_NAMES, assign_splits
from components.example_gen.summary import empty_counts, merge_counts, write_summary

_QUARANTINED, _COUNTS = "quarantined", "counts"
# A shard of a split: the split's position in SPLIT_NAMES, the shard's number, the number of shards.
ShardKey = tuple[int, int, int]


@dataclass(frozen=True)
class IngestOptions:
    """What an ingest does and where its results go.

    Attributes:
        per_word: the most rows kept of a word; None keeps all.
        split_fractions: as `splits.check_split_fractions` returns them.
        split_uris: the folders of the splits, in the order of SPLIT_NAMES.
        temporary_dir: a folder for shards that are being written.
        summary_uri: the folder of `summary.json`.
        quarantine_dir: the folder of the malformed rows.
    """

    per_word: int | None
    split_fractions: dict[str, float]
    split_uris: Sequence[str]
    temporary_dir: str
    summary_uri: str
    quarantine_dir: str


def ingest(pipeline: beam.Pipeline, files: Sequence[CsvFile], options: IngestOptions) -> None:
    """Adds the whole graph to a Beam pipeline."""
    read = (
        pipeline
        | "Files" >> beam.Create(files)
        # Without it, Beam would fuse listing and reading, and one worker would read all files.
        | "SpreadOverWorkers" >> beam.Reshuffle()
        | "ReadRows" >> beam.ParDo(_ReadRows()).with_outputs(_QUARANTINED, _COUNTS, main="rows")
    )
    samples = read.rows | "SampleEachWord" >> beam.CombinePerKey(SmallestHashes(options.per_word))
    sample_counts = samples | "CountSamples" >> beam.Map(count_sample, options.split_fractions)
    sample_total = sample_counts | "AddSampleCounts" >> beam.CombineGlobally(merge_counts)
    _ = (
        samples
        | "AssignSplits" >> beam.FlatMap(_split_sample, options.split_fractions)
        | "AssignShards" >> beam.FlatMap(_shard_rows, beam.pvalue.AsSingleton(sample_total))
        | "GroupShards" >> beam.GroupByKey()
        | "WriteShards" >> beam.Map(_write_shard, options)
    )
    _ = (
        read[_QUARANTINED]
        | "GroupBadRows" >> beam.GroupByKey()
        | "WriteQuarantine" >> beam.Map(_write_quarantine, options)
    )
    nothing = empty_counts({file.label for file in files}, SPLIT_NAMES)
    _ = (
        (read[_COUNTS], sample_counts)
        | "FlattenCounts" >> beam.Flatten()
        | "AddCounts" >> beam.CombineGlobally(merge_counts)
        | "WriteSummary" >> beam.Map(_write_summary, nothing, options)
    )


class _ReadRows(beam.DoFn):
    """CsvFile -> (label, table of good rows); tagged: (path, malformed rows) and counts."""

    def process(self, file: CsvFile) -> Iterator[Any]:
        """Reads one file."""
        yield beam.pvalue.TaggedOutput(_COUNTS, {"files": 1})
        with FileSystems.open(file.path) as stream:
            for batch in read_csv(stream):
                judged = judge_rows(batch)
                if judged.quarantined:
                    yield beam.pvalue.TaggedOutput(_QUARANTINED, (file.path, judged.quarantined))
                yield beam.pvalue.TaggedOutput(_COUNTS, count_batch(batch, judged))
                yield from _by_label(judged.rows)


def _by_label(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Splits a table by label and adds the hashes of the ids."""
    hashes = hash_keys(rows.column("key_id").to_pylist())
    rows = rows.append_column("order", pa.array(hashes.order)).append_column("split_hash", pa.array(hashes.split))
    labels = rows.column("label").combine_chunks().dictionary_encode()
    positions = np.asarray(labels.indices)
    rows = rows.drop(["label"])
    for position, label in enumerate(labels.dictionary.to_pylist()):
        # `take` copies the rows; a slice would drag the whole table along wherever it is sent.
        yield label.decode(), rows.take(pa.array(np.flatnonzero(positions == position)))


def _split_sample(sample: tuple[str, Sample], fractions: dict[str, float]) -> Iterator[tuple[int, pa.Table]]:
    """Splits the sample of a word: (position of the split, its rows with the column `word`)."""
    label, (rows, _, _) = sample
    splits = assign_splits(rows.column("split_hash").to_numpy(), fractions)
    rows = rows.append_column("word", pa.array([label.encode()] * rows.num_rows, pa.binary()))
    for split in np.unique(splits).tolist():
        yield split, rows.take(pa.array(np.flatnonzero(splits == split)))


def _shard_rows(element: tuple[int, pa.Table], counts: dict[str, Any]) -> Iterator[tuple[ShardKey, pa.Table]]:
    """Spreads rows of a split over its shards; `counts` is what all samples have together."""
    split, rows = element
    shards = num_shards(counts["splits"][SPLIT_NAMES[split]])
    shard_of_row = rows.column("order").to_numpy() % np.uint64(shards)
    for shard in np.unique(shard_of_row).tolist():
        yield (split, shard, shards), rows.take(pa.array(np.flatnonzero(shard_of_row == shard)))


def _write_shard(element: tuple[ShardKey, Iterable[pa.Table]], options: IngestOptions) -> None:
    """Writes one shard."""
    (split, shard, shards), tables = element
    write_shard(options.split_uris[split], options.temporary_dir, shard, shards, tables)


def _write_quarantine(element: tuple[str, Iterable[list[BadRow]]], options: IngestOptions) -> None:
    """Writes the malformed rows of one file."""
    path, bad_rows = element
    write_quarantine(options.quarantine_dir, path, bad_rows)


def _write_summary(counts: dict[str, Any], nothing: dict[str, Any], options: IngestOptions) -> None:
    """Writes the counts of the whole run."""
    write_summary(options.summary_uri, merge_counts([nothing, counts]))

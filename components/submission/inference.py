"""The Beam graph of a submission: shards -> rows -> answers -> parts.

Everything behind the Reshuffle is fused into one stage by every runner, so that no row crosses from worker to worker
and a part appears as soon as its shard is answered.
"""

import itertools
from collections.abc import Sequence

import apache_beam as beam
from apache_beam.ml.inference.base import RunInference

from components.submission.file_rows import iter_rows
from components.submission.model_handler import DoodleModelHandler, ShardAnswers, ShardDrawings
from components.submission.parts import PartCounts, write_part
from components.submission.survey import Shard


def answer_shards(pipeline: beam.Pipeline, shards: Sequence[Shard], handler: DoodleModelHandler, folder: str) -> None:
    """Adds the whole graph to a Beam pipeline.

    Args:
        pipeline: where it runs.
        shards: those that have no part yet.
        handler: of the model.
        folder: of the parts; one that all workers see.
    """
    _ = (
        pipeline
        | "Shards" >> beam.Create(list(shards))
        # Without it, Beam would fuse listing and reading, and one worker would answer everything.
        | "SpreadOverWorkers" >> beam.Reshuffle()
        # RunInference takes batches: here of one shard.
        | "ReadDrawings" >> beam.Map(lambda shard: [read_drawings(shard)])
        | "Answer" >> RunInference(handler)
        | "WriteParts" >> beam.Map(_write, folder)
    )


def read_drawings(shard: Shard) -> ShardDrawings:
    """Reads the rows of a shard.

    Raises:
        RuntimeError: there are more or fewer than there were: the file has changed.
    """
    tables = list(iter_rows(shard.part, shard.first_row))
    keys, drawings = (
        list(itertools.chain.from_iterable(table.column(name).to_pylist() for table in tables))
        for name in ("key_id", "drawing")
    )
    if len(keys) != shard.rows:
        raise RuntimeError(f"shard {shard.number} of {shard.part.file.path} has {len(keys)} rows, not {shard.rows}")
    return ShardDrawings(shard, keys, drawings)


def _write(answered: ShardAnswers, folder: str) -> None:
    counts = PartCounts(len(answered.keys), answered.answers.malformed)
    write_part(folder, answered.shard.number, answered.keys, answered.answers.words, counts)

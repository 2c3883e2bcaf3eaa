"""The Beam graph of a submission: shards -> rows -> answers -> parts.

Everything behind the Reshuffle is fused into one stage by every runner, so that no row crosses from worker to worker
and a part appears as soon as its shard is answered.
"""

from collections.abc import Sequence

import apache_beam as beam
from apache_beam.ml.inference.base import RunInference

from components.submission.file_rows import read_piece, rows_of
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
    piece = read_piece(shard.file, shard.offset, shard.size)
    rows = rows_of(piece, shard.file, shard.first_row)
    if rows.num_rows != shard.rows:
        raise RuntimeError(f"shard {shard.number} of {shard.file.path} has {rows.num_rows} rows, not {shard.rows}")
    return ShardDrawings(shard, rows.column("key_id").to_pylist(), rows.column("drawing").to_pylist())


def _write(answered: ShardAnswers, folder: str) -> None:
    counts = PartCounts(len(answered.keys), answered.answers.malformed)
    write_part(folder, answered.shard.number, answered.keys, answered.answers.words, counts)

"""The executor of StatisticsGen."""

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import pyarrow as pa
from tensorflow_metadata.proto.v0 import statistics_pb2
from tfx import types
from tfx.components.statistics_gen.stats_artifact_utils import BINARY_PB_BASENAME
from tfx.dsl.components.base import base_beam_executor
from tfx.types import artifact_utils
from tfx.utils import io_utils

from components.data_origin import hand_on_origin
from components.examples import list_shards
from components.statistics_gen.combine import CombineStatistics
from components.statistics_gen.record_batches import read_record_batches


class Executor(base_beam_executor.BaseBeamExecutor):
    """See `components.statistics_gen.component.StatisticsGen`."""

    def Do(
        self,
        input_dict: dict[str, list[types.Artifact]],
        output_dict: dict[str, list[types.Artifact]],
        exec_properties: dict[str, Any],
    ) -> None:
        """Writes the statistics of every split; one Beam graph for all splits, keyed by the file to write.

        Args:
            input_dict: `examples` and `schema`.
            output_dict: `statistics`.
            exec_properties: nothing that matters here.

        Raises:
            ValueError: if a split has no file.
        """
        self._log_startup(input_dict, output_dict, exec_properties)
        examples = artifact_utils.get_single_instance(input_dict["examples"])
        statistics = artifact_utils.get_single_instance(output_dict["statistics"])
        statistics.split_names = examples.split_names
        statistics.span = examples.span
        hand_on_origin(examples, statistics)
        schema_file = io_utils.get_only_uri_in_dir(artifact_utils.get_single_uri(input_dict["schema"]))
        schema = io_utils.SchemaReader().read(schema_file)
        with self._make_beam_pipeline() as pipeline:
            _ = (
                pipeline
                | "Shards" >> beam.Create(_plan(examples, statistics))
                | "SpreadOverWorkers" >> beam.Reshuffle()
                | "ReadRecordBatches" >> beam.FlatMapTuple(_read)
                | "CombineStatistics" >> beam.CombinePerKey(CombineStatistics(schema))
                | "Write" >> beam.MapTuple(_write)
            )


def _plan(examples: types.Artifact, statistics: types.Artifact) -> list[tuple[str, str]]:
    """Lists (file to write, shard to read); all shards of a split go into one file."""
    work = []
    for split in examples.splits:
        target = f"{artifact_utils.get_split_uri([statistics], split)}/{BINARY_PB_BASENAME}"
        paths = list_shards(artifact_utils.get_split_uri([examples], split))
        if not paths:
            raise ValueError(f"split {split} of {examples.uri} has no file")
        work += [(target, path) for path in paths]
    return work


def _read(target: str, shard: str) -> Iterator[tuple[str, pa.RecordBatch]]:
    # So that a split without examples has statistics too, which say so.
    yield target, pa.RecordBatch.from_arrays([], [])
    yield from ((target, batch) for batch in read_record_batches(shard))


def _write(target: str, statistics: statistics_pb2.DatasetFeatureStatisticsList) -> None:
    io_utils.write_bytes_file(target, statistics.SerializeToString())

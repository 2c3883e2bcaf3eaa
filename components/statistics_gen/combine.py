"""TFDV's generators of statistics as one Beam combiner."""

from collections.abc import Iterable
from typing import Any

import apache_beam as beam
import pyarrow as pa
import tensorflow_data_validation as tfdv
from tensorflow_data_validation.statistics import stats_impl
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2

# TFDV's ten buckets between 1 and the 185 strokes of the busiest drawing put nearly all drawings into one, and
# distributions that differ look the same. Three hundred tell apart what DataGate should and cost nothing.
_HISTOGRAM_BUCKETS = 300
# With a hundred quantiles the report draws the distributions to a third of a percent of the drawings.
_QUANTILES = 100


class CombineStatistics(beam.CombineFn):
    """Record batches -> their statistics, a `DatasetFeatureStatisticsList` of one dataset.

    `tfdv.GenerateStatistics` runs the same generators. It builds dozens of Beam steps around them for slices, weights
    and custom statistics, which cost seconds a split and have no use here. An accumulator is a list of the generators'
    accumulators; none of them grows with the number of rows.
    """

    def __init__(self, schema: schema_pb2.Schema) -> None:
        """Takes the schema, which tells TFDV which features are categorical."""
        self._options = tfdv.StatsOptions(
            schema=schema,
            num_histogram_buckets=_HISTOGRAM_BUCKETS,
            num_quantiles_histogram_buckets=_QUANTILES,
        )

    def setup(self) -> None:
        """Makes the generators once a worker."""
        # In memory means: generators that combine, with sketches instead of a Beam step for each distinct value.
        self._generators = stats_impl.get_generators(self._options, in_memory=True)

    def create_accumulator(self) -> list[Any]:
        """Starts with no row."""
        return [generator.create_accumulator() for generator in self._generators]

    def add_input(self, mutable_accumulator: list[Any], element: pa.RecordBatch) -> list[Any]:
        """Adds a batch of rows."""
        pairs = zip(self._generators, mutable_accumulator, strict=True)
        return [generator.add_input(accumulator, element) for generator, accumulator in pairs]

    def merge_accumulators(self, accumulators: Iterable[list[Any]]) -> list[Any]:
        """Joins the rows of several accumulators."""
        by_generator = zip(*accumulators, strict=True)
        pairs = zip(self._generators, by_generator, strict=True)
        return [generator.merge_accumulators(parts) for generator, parts in pairs]

    def compact(self, accumulator: list[Any]) -> list[Any]:
        """Makes an accumulator smaller before it is sent."""
        pairs = zip(self._generators, accumulator, strict=True)
        return [generator.compact(part) for generator, part in pairs]

    def extract_output(self, accumulator: list[Any]) -> statistics_pb2.DatasetFeatureStatisticsList:
        """Makes the proto."""
        return stats_impl.extract_statistics_output(accumulator, self._generators)

"""Transforms one shard: read, run the transform graph, write, all in batches."""

from collections.abc import Iterator
from typing import NamedTuple

import apache_beam as beam
import pyarrow as pa
import tensorflow as tf
import tensorflow_transform as tft

from components.examples import encode_examples
from components.tf_records import write_records
from components.transform.features import DRAWING, WORD
from components.transform.raw_examples import read_raw_examples

_BATCHES_AHEAD = 4


class Shard(NamedTuple):
    """One file's work: its split, the raw file, the file to write, and where that lies until it is whole."""

    split: str
    raw: str
    transformed: str
    temporary_dir: str


class TransformShard(beam.DoFn):
    """Shard -> its transformed file; an element is its path."""

    def __init__(self, graph_uri: str) -> None:
        """Takes the folder of the transform graph."""
        self._graph_uri = graph_uri

    def setup(self) -> None:
        """Loads the transform graph once a worker."""
        output = tft.TFTransformOutput(self._graph_uri)

        # AutoGraph would spend seconds on rewriting TFT's own source, which has nothing in it to rewrite.
        @tf.autograph.experimental.do_not_convert
        def transform(raw: dict[str, tf.Tensor]) -> dict[str, tf.Tensor]:
            return output.transform_raw_features(raw)

        spec = {name: tf.TensorSpec([None], tf.string) for name in (DRAWING, WORD)}
        self._transform = tf.function(transform, autograph=False).get_concrete_function(spec)

    def process(self, shard: Shard) -> Iterator[str]:
        """Transforms a shard; memory holds a few batches at a time."""
        write_records(shard.transformed, shard.temporary_dir, self._records(shard.raw))
        yield shard.transformed

    def _records(self, raw: str) -> Iterator[pa.BinaryArray]:
        # tf.data rasters the next batches while this thread encodes and compresses.
        transformed = read_raw_examples(raw, DRAWING, WORD).map(
            tf.autograph.experimental.do_not_convert(self._transform), num_parallel_calls=tf.data.AUTOTUNE
        )
        for batch in transformed.prefetch(_BATCHES_AHEAD).as_numpy_iterator():
            columns = {name: pa.array(batch[name].tolist(), pa.binary()) for name in sorted(batch)}
            yield encode_examples(pa.table(columns))

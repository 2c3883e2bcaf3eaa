"""TFT's full pass over the train split: which words are there."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import apache_beam as beam
import numpy as np
import tensorflow_transform.beam as tft_beam
from tensorflow_transform.tf_metadata import dataset_metadata

from components.transform.features import DRAWING, WORD
from components.transform.preprocessing import preprocessing_fn
from components.transform.raw_examples import RAW_SPEC, read_raw_examples


def write_transform_graph(
    pipeline: beam.Pipeline, train_files: Sequence[str], directory: str, custom_config: Mapping[str, Any]
) -> None:
    """Adds the analysis to a Beam pipeline, inside a `tft_beam.Context`.

    Args:
        pipeline: where it runs.
        train_files: gzipped TFRecords of raw examples.
        directory: where the transform graph goes, for `tft.TFTransformOutput`.
        custom_config: of `preprocessing_fn`.
    """
    metadata = dataset_metadata.DatasetMetadata.from_feature_spec(RAW_SPEC)
    rows = (
        pipeline
        | "TrainFiles" >> beam.Create(train_files)
        | "SpreadTrainFiles" >> beam.Reshuffle()
        | "WordsOfFile" >> beam.FlatMap(_words_of_file)
        | "DistinctWords" >> beam.Distinct()
        | "AsRows" >> beam.Map(_row)
    )
    transform_fn = (rows, metadata) | tft_beam.AnalyzeDataset(
        lambda inputs: preprocessing_fn(inputs, dict(custom_config))
    )
    _ = transform_fn | tft_beam.WriteTransformFn(directory)


def _words_of_file(path: str) -> Iterator[bytes]:
    """The only thing TFT must know of the data is which words occur, so each is handed to it once."""
    words: set[bytes] = set()
    for batch in read_raw_examples(path, WORD).as_numpy_iterator():
        words.update(np.unique(batch[WORD]))
    yield from sorted(words)


def _row(word: bytes) -> dict[str, bytes]:
    return {DRAWING: b"", WORD: word}

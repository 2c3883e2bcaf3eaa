import pathlib

import tensorflow as tf
import tensorflow_transform as tft
import tensorflow_transform.beam as tft_beam
from tensorflow_transform.tf_metadata import dataset_metadata, schema_utils

from components.transform.packed_image import unpack
from components.transform.preprocessing import WORDS_VOCABULARY, preprocessing_fn
from components.transform.rasterizer import rasterize
from tests.components.doodles import LINE, SQUARE

CONFIG = {"image_style": "notebook", "image_size": 32, "code_fingerprint": ""}
SPEC = {"drawing": tf.io.FixedLenFeature([], tf.string), "word": tf.io.FixedLenFeature([], tf.string)}


def test_tft_stores_the_image_that_the_rasterizer_draws(tmp_path: pathlib.Path) -> None:
    rows = [{"drawing": SQUARE, "word": "square"}, {"drawing": LINE, "word": "line"}, {"drawing": LINE, "word": "line"}]
    metadata = dataset_metadata.DatasetMetadata(schema_utils.schema_from_feature_spec(SPEC))
    with tft_beam.Context(temp_dir=str(tmp_path / "tmp")):
        (transformed, _), transform_fn = (rows, metadata) | tft_beam.AnalyzeAndTransformDataset(
            lambda inputs: preprocessing_fn(inputs, CONFIG)
        )
        _ = transform_fn | tft_beam.WriteTransformFn(str(tmp_path / "out"))

    assert [row["word"] for row in transformed] == [b"square", b"line", b"line"]
    images = unpack(tf.constant([row["image"] for row in transformed]), 32)
    expected = rasterize(tf.constant([SQUARE, LINE, LINE]))
    assert images.numpy().tobytes() == expected.numpy().tobytes()
    # A line along the top edge inks the first sampled row only; sampled rows lie at 4, 12, 20 ... of 256.
    assert [int((row == 0).sum()) for row in images[1].numpy()] == [0] * 32

    vocabulary = tft.TFTransformOutput(str(tmp_path / "out")).vocabulary_by_name(WORDS_VOCABULARY)
    assert sorted(vocabulary) == [b"line", b"square"]

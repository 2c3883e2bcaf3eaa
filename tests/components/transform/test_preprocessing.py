import pathlib
from typing import Any

import tensorflow as tf
import tensorflow_transform as tft
import tensorflow_transform.beam as tft_beam
from tensorflow_transform.tf_metadata import dataset_metadata, schema_utils

from components.transform.packed_image import unpack
from components.transform.preprocessing import WORDS_VOCABULARY, preprocessing_fn
from components.transform.rasterizer import rasterize

CONFIG = {"feature": "image", "image_style": "notebook", "image_size": 32, "code_fingerprint": ""}
LINE = "[[[0,255],[100,100]]]"
SQUARE = "[[[20,236,236,20,20],[20,20,236,236,20]]]"
SPEC = {"drawing": tf.io.FixedLenFeature([], tf.string), "word": tf.io.FixedLenFeature([], tf.string)}
ROWS = [{"drawing": SQUARE, "word": "square"}, {"drawing": LINE, "word": "line"}, {"drawing": LINE, "word": "line"}]


def analyze_and_transform(folder: pathlib.Path, config: dict[str, Any]) -> list[dict[str, bytes]]:
    """What TFT makes of `ROWS`; the transform graph goes to `folder`/out."""
    metadata = dataset_metadata.DatasetMetadata(schema_utils.schema_from_feature_spec(SPEC))
    with tft_beam.Context(temp_dir=str(folder / "tmp")):
        (transformed, _), transform_fn = (ROWS, metadata) | tft_beam.AnalyzeAndTransformDataset(
            lambda inputs: preprocessing_fn(inputs, config)
        )
        _ = transform_fn | tft_beam.WriteTransformFn(str(folder / "out"))
    return transformed


def test_tft_stores_the_image_that_the_rasterizer_draws(tmp_path: pathlib.Path) -> None:
    transformed = analyze_and_transform(tmp_path, CONFIG)

    assert [sorted(row) for row in transformed] == [["image", "word"]] * 3
    assert [row["word"] for row in transformed] == [b"square", b"line", b"line"]
    images = unpack(tf.constant([row["image"] for row in transformed]), 32)
    expected = rasterize(tf.constant([SQUARE, LINE, LINE]))
    assert images.numpy().tobytes() == expected.numpy().tobytes()
    # The line inks rows 98 to 102 of 256; of these the image samples row 100 = 4 + 12 * 8 only.
    assert [int((row == 0).sum()) for row in images[1].numpy()] == [0] * 12 + [32] + [0] * 19

    vocabulary = tft.TFTransformOutput(str(tmp_path / "out")).vocabulary_by_name(WORDS_VOCABULARY)
    assert sorted(vocabulary) == [b"line", b"square"]


def test_tft_stores_the_points_of_the_drawing(tmp_path: pathlib.Path) -> None:
    transformed = analyze_and_transform(tmp_path, CONFIG | {"feature": "packed_strokes"})

    # Three bytes a point: x, y, and whether a stroke begins.
    line = bytes([0, 100, 1, 255, 100, 0])
    square = bytes([20, 20, 1, 236, 20, 0, 236, 236, 0, 20, 236, 0, 20, 20, 0])
    assert [(row["word"], row["packed_strokes"]) for row in transformed] == [
        (b"square", square),
        (b"line", line),
        (b"line", line),
    ]
    assert [sorted(row) for row in transformed] == [["packed_strokes", "word"]] * 3
    vocabulary = tft.TFTransformOutput(str(tmp_path / "out")).vocabulary_by_name(WORDS_VOCABULARY)
    assert sorted(vocabulary) == [b"line", b"square"]

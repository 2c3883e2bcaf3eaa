"""Our Transform beside TFX's own on the same examples: equal records, equal words."""

import json
import pathlib
import shutil
from typing import Any

import pytest
import tensorflow as tf
import tensorflow_transform as tft
from tfx.components.transform import executor as tfx_transform
from tfx.types import artifact_utils, standard_artifacts

from components.data_origin import read_origin, write_origin
from components.transform.drawing_parser import parse
from components.transform.executor import Executor
from components.transform.packed_image import unpack
from components.transform.packed_strokes import pack_strokes
from components.transform.rasterizer import rasterize
from schema.loader import schema_path
from tests.components.doodles import example, write_records

CONFIG = {"feature": "image", "image_style": "notebook", "image_size": 32, "code_fingerprint": ""}
LINE = "[[[0,255],[100,100]]]"
SQUARE = "[[[20,236,236,20,20],[20,20,236,236,20]]]"
SPLITS = {
    "train": [(LINE, "line"), (SQUARE, "square"), (LINE, "line")],
    "eval": [(SQUARE, "square")],
    "test": [(LINE, "ant")],
}


def artifact(kind: Any, folder: pathlib.Path) -> Any:
    folder.mkdir(parents=True)
    value = kind()
    value.uri = str(folder)
    return value


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> standard_artifacts.Examples:
    """Two shards in the train split, one in the others."""
    folder = tmp_path_factory.mktemp("raw")
    examples = artifact(standard_artifacts.Examples, folder / "examples")
    examples.split_names = artifact_utils.encode_split_names(list(SPLITS))
    examples.set_string_custom_property("payload_format", "FORMAT_TF_EXAMPLE")
    for split, rows in SPLITS.items():
        for shard, part in enumerate((rows[:2], rows[2:])):
            if part:
                name = f"data-{shard:05d}-of-00002.tfrecord.gz"
                write_records(folder / "examples" / f"Split-{split}" / name, [example(*row) for row in part])
    return examples


def outputs(folder: pathlib.Path) -> dict[str, list[Any]]:
    return {
        "transform_graph": [artifact(standard_artifacts.TransformGraph, folder / "graph")],
        "transformed_examples": [artifact(standard_artifacts.Examples, folder / "transformed")],
    }


def context(kind: Any, folder: pathlib.Path) -> Any:
    return kind(kind.Context(beam_pipeline_args=[], tmp_dir=str(folder / "tmp"), unique_id="1"))


def read(folder: pathlib.Path, split: str, feature: str = "image") -> list[tuple[bytes, bytes]]:
    """(word, what became of the drawing) of each record, files in the order of their names."""
    files = sorted(map(str, (folder / "transformed" / f"Split-{split}").iterdir()))
    spec = {name: tf.io.FixedLenFeature([], tf.string) for name in ("word", feature)}
    records = tf.data.TFRecordDataset(files, compression_type="GZIP").map(lambda x: tf.io.parse_single_example(x, spec))
    return [(record["word"], record[feature]) for record in records.as_numpy_iterator()]


@pytest.fixture(scope="module")
def ours(raw: standard_artifacts.Examples, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("ours")
    context(Executor, folder).Do({"examples": [raw]}, outputs(folder), CONFIG)
    return folder


@pytest.fixture(scope="module")
def stock(raw: standard_artifacts.Examples, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    folder = tmp_path_factory.mktemp("stock")
    schema = artifact(standard_artifacts.Schema, folder / "schema")
    shutil.copy(schema_path(), folder / "schema" / "schema.pbtxt")
    made = outputs(folder)
    made["updated_analyzer_cache"] = [artifact(standard_artifacts.TransformCache, folder / "cache")]
    properties = {
        "preprocessing_fn": "components.transform.preprocessing.preprocessing_fn",
        "custom_config": json.dumps(CONFIG),
        "disable_statistics": 1,
        "force_tf_compat_v1": 0,
    }
    optional = dict.fromkeys(("module_file", "module_path", "stats_options_updater_fn", "splits_config"))
    executor = context(tfx_transform.Executor, folder)
    executor.Do({"examples": [raw], "schema": [schema]}, made, {**optional, **properties})
    return folder


def test_every_example_is_transformed_in_its_place(ours: pathlib.Path) -> None:
    for split, rows in SPLITS.items():
        records = read(ours, split)
        assert [word for word, _ in records] == [word.encode() for _, word in rows]
        images = unpack(tf.constant([image for _, image in records]), 32)
        assert (images.numpy() == rasterize(tf.constant([drawing for drawing, _ in rows])).numpy()).all()


def test_shards_keep_their_names_and_nothing_else_is_left(ours: pathlib.Path) -> None:
    transformed = ours / "transformed"
    assert sorted(path.name for path in transformed.iterdir()) == ["Split-eval", "Split-test", "Split-train"]
    assert sorted(path.name for path in (transformed / "Split-train").iterdir()) == [
        "data-00000-of-00002.tfrecord.gz",
        "data-00001-of-00002.tfrecord.gz",
    ]


def test_the_vocabulary_is_that_of_the_train_split(ours: pathlib.Path) -> None:
    assert sorted(tft.TFTransformOutput(str(ours / "graph")).vocabulary_by_name("words")) == [b"line", b"square"]


def test_tfxs_own_transform_gives_the_same_records_and_words(ours: pathlib.Path, stock: pathlib.Path) -> None:
    for split in SPLITS:
        assert sorted(read(ours, split)) == sorted(read(stock, split))
    words = [sorted(tft.TFTransformOutput(str(made / "graph")).vocabulary_by_name("words")) for made in (ours, stock)]
    assert words[0] == words[1]


def test_strokes_are_stored_when_they_are_asked_for(raw: standard_artifacts.Examples, tmp_path: pathlib.Path) -> None:
    made = outputs(tmp_path)
    write_origin(raw, {"examples_key": "k"})
    context(Executor, tmp_path).Do({"examples": [raw]}, made, CONFIG | {"feature": "packed_strokes"})
    assert read_origin(made["transformed_examples"][0]) == {"examples_key": "k"}
    for split, rows in SPLITS.items():
        packed = pack_strokes(parse(tf.constant([drawing for drawing, _ in rows]))).numpy()
        expected = [(word.encode(), drawing) for (_, word), drawing in zip(rows, packed, strict=True)]
        assert read(tmp_path, split, "packed_strokes") == expected
    assert sorted(tft.TFTransformOutput(str(tmp_path / "graph")).transformed_feature_spec()) == [
        "packed_strokes",
        "word",
    ]
    transformed = made["transformed_examples"][0]
    assert transformed.split_names == raw.split_names
    assert transformed.get_string_custom_property("payload_format") == "FORMAT_TF_EXAMPLE"

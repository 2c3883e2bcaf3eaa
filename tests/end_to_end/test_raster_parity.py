"""No training/serving skew: what Transform stores is what a served model sees, wherever it lies, whoever loads it."""

import csv
import itertools
import pathlib
import shutil
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf
from tfx.types import standard_artifacts

from components.trainer.export import export_model
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from components.transform.executor import Executor
from tests.components.doodles import example, write_records

COUNT = 10_000

# Runs in an interpreter that does not find this project: what it prints is the proof.
STRANGER = """
import sys
import numpy as np, tensorflow as tf
sys.meta_path = [finder for finder in sys.meta_path if "editable" not in str(finder)]
model, examples, images = sys.argv[1:]
draw = tf.saved_model.load(model).signatures["transform_features"]
batches = tf.data.TFRecordDataset(examples, compression_type="GZIP").batch(1000)
np.save(images, np.concatenate([draw(examples=batch)["image"].numpy() for batch in batches]).astype("S1024"))
assert not {"components", "pipeline", "schema", "serving"} & {name.split(".")[0] for name in sys.modules}
"""


def real_examples(data: pathlib.Path) -> list[bytes]:
    """The first rows of each word, recognized or not."""
    files = sorted((data / "train_simplified").glob("*.csv"))
    rows = []
    for path in files:
        with path.open(newline="") as file:
            rows += list(itertools.islice(csv.DictReader(file), -(-COUNT // len(files))))
    return [example(row["drawing"], row["word"]) for row in rows[:COUNT]]


def transform(raw: pathlib.Path, folder: pathlib.Path) -> None:
    def artifact(kind: type, uri: pathlib.Path) -> object:
        uri.mkdir(parents=True, exist_ok=True)
        value = kind()
        value.uri = str(uri)
        return value

    examples = artifact(standard_artifacts.Examples, raw)
    examples.split_names = '["train"]'
    outputs = {
        "transform_graph": [artifact(standard_artifacts.TransformGraph, folder / "graph")],
        "transformed_examples": [artifact(standard_artifacts.Examples, folder / "transformed")],
    }
    context = Executor.Context(beam_pipeline_args=[], tmp_dir=str(folder / "tmp"), unique_id="1")
    Executor(context).Do(
        {"examples": [examples]}, outputs, {"feature": "image", "image_style": "notebook", "image_size": 32}
    )


@pytest.mark.real_data
def test_a_moved_model_draws_what_transform_stored(real_data_dir: pathlib.Path, tmp_path: pathlib.Path) -> None:
    raw = tmp_path / "raw" / "Split-train" / "data.gz"
    write_records(raw, real_examples(real_data_dir))
    transform(tmp_path / "raw", tmp_path)
    stored = tf.data.TFRecordDataset(
        str(tmp_path / "transformed" / "Split-train" / "data.gz"), compression_type="GZIP"
    ).map(lambda record: tf.io.parse_single_example(record, {"image": tf.io.FixedLenFeature([], tf.string)})["image"])

    config = TrainingConfig()
    export_model(build_network(config, 2), ["ant", "sun"], config, str(tmp_path / "exported"))
    shutil.move(tmp_path / "exported", tmp_path / "moved")
    arguments = [str(tmp_path / "moved"), str(raw), str(tmp_path / "images.npy")]
    subprocess.run([sys.executable, "-I", "-c", STRANGER, *arguments], check=True, cwd=tmp_path)

    served = np.load(tmp_path / "images.npy")
    assert len(served) == COUNT
    # numpy's S1024 drops trailing zero bytes on reading an element; both sides pass through it.
    assert (served == np.array(list(stored.as_numpy_iterator())).astype("S1024")).all()

import json
import pathlib

import numpy as np
import pytest
import tensorflow as tf
from tfx.components.trainer.fn_args_utils import FnArgs

from components.errors import UsageError
from components.trainer import run_fn as module
from components.trainer.networks import build_network
from components.trainer.training_config import TrainingConfig
from components.transform.packed_image import pack
from tests.components.doodles import LABELS, write_records

LINE = "[[[0,255],[8,8]]]"


def transformed(grey: int, word: str) -> bytes:
    packed = pack(tf.fill([1, 32, 32], tf.cast(grey, tf.uint8))).numpy()[0]
    features = {"image": packed, "word": word.encode()}
    values = {key: tf.train.Feature(bytes_list=tf.train.BytesList(value=[value])) for key, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=values)).SerializeToString()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Sixty images: dark ones called "line" and bright ones called "square"."""
    folder = tmp_path_factory.mktemp("transformed")
    records = [transformed(grey, "line") for grey in range(30)]
    records += [transformed(255 - grey, "square") for grey in range(30)]
    write_records(folder / "Split-train" / "data.gz", records)
    return [str(folder / "Split-train" / "data.gz")]


CONFIG = TrainingConfig(learning_rate=3e-3, batch_size=20, epochs=12, patience=12)


def train(files: list[str]) -> tuple[list[np.ndarray], module.History]:
    import keras

    keras.utils.set_random_seed(CONFIG.seed)
    network = build_network("notebook", len(LABELS), 32)
    history = module.fit(network, CONFIG, LABELS, files, files)
    return network.get_weights(), history


def test_learns_what_can_be_learned_and_repeats_itself(files: list[str]) -> None:
    (weights, history), (again, _) = train(files), train(files)
    assert history.curves["epochs"] == list(range(1, 13))
    assert history.curves["val_accuracy"][-1] > 0.9
    for first, second in zip(weights, again, strict=True):
        np.testing.assert_allclose(first, second, atol=1e-5)


def test_run_fn_leaves_a_model_and_its_history(
    files: list[str], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The vocabulary is Transform's business, see test_labels.py and the end-to-end runs.
    monkeypatch.setattr(module, "read_labels", lambda output: LABELS)
    (tmp_path / "transform").mkdir()
    arguments = FnArgs(
        train_files=[str(pathlib.Path(files[0]).parent / "*")],
        eval_files=files,
        transform_output=str(tmp_path / "transform"),
        serving_model_dir=str(tmp_path / "Format-Serving"),
        model_run_dir=str(tmp_path / "run"),
        custom_config={"training": TrainingConfig(epochs=1).to_dict()},
    )
    module.run_fn(arguments)
    assert json.loads((tmp_path / "run" / "history.json").read_text())["epochs"] == [1]
    answer = tf.saved_model.load(str(tmp_path / "Format-Serving")).signatures["serving_default"]
    assert answer(drawing=tf.constant([LINE]))["probabilities"].shape == (1, 3)


def test_an_empty_split_is_told(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"there are no transformed examples under .*; the split is empty"):
        module._expand([str(tmp_path / "none-*")])

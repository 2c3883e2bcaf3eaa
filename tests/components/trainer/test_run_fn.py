import json
import logging
import pathlib
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf
from tfx.components.trainer.fn_args_utils import FnArgs

from components.errors import UsageError
from components.trainer import run_fn as module
from components.trainer.assets import read_word_counts
from components.trainer.model_card import read_model_card
from components.trainer.model_input.form import images_to_model_input
from components.trainer.network_file import read_network, save_network
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from components.transform.rasterizer import rasterize
from tests.components.doodles import LABELS
from tests.components.trainer.transformed import write_transformed

LINE = "[[[0,255],[8,8]]]"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return write_transformed(tmp_path_factory.mktemp("transformed") / "Split-train", rows=40)


def arguments(files: list[str], folder: pathlib.Path, **settings: object) -> FnArgs:
    (folder / "transform").mkdir(exist_ok=True)
    config = {"training": TrainingConfig(epochs=1, mixed_precision=True).to_dict(), "warm_start": "", "card": {}}
    return FnArgs(
        train_files=[str(pathlib.Path(files[0]).parent / "*")],
        eval_files=files,
        transform_output=str(folder / "transform"),
        serving_model_dir=str(folder / "Format-Serving"),
        model_run_dir=str(folder / "run"),
        custom_config={**config, "state_dir": str(folder / "state"), **settings},
    )


@pytest.fixture(autouse=True)
def labels(monkeypatch: pytest.MonkeyPatch) -> None:
    # The vocabulary is Transform's business, see test_labels.py and the end-to-end runs.
    monkeypatch.setattr(module, "read_labels", lambda output: LABELS)


def test_leaves_a_model_its_network_its_card_and_its_curves(files: list[str], tmp_path: pathlib.Path) -> None:
    module.run_fn(arguments(files, tmp_path, card={"preset": "ten"}))
    assert json.loads((tmp_path / "run" / "history.json").read_text())["epochs"] == [1]
    served = tf.saved_model.load(str(tmp_path / "Format-Serving")).signatures["serving_default"]
    answer = served(drawing=tf.constant([LINE]))["probabilities"]
    assert answer.shape == (1, 3)
    # Trained in bfloat16, served in float32: the network file and the graph are one model.
    network_file = read_network(tmp_path / "Format-Serving" / "assets.extra" / "network.keras")
    assert network_file.labels == tuple(LABELS)
    assert {layer.compute_dtype for layer in network_file.network.layers} == {"float32"}
    image = images_to_model_input(rasterize(tf.constant([LINE])))
    np.testing.assert_allclose(network_file.network(image), answer, rtol=1e-4)
    card = read_model_card(tmp_path / "Format-Serving")
    assert card == read_model_card(tmp_path / "run")
    assert read_word_counts(tmp_path / "Format-Serving") == {"circle": 0, "line": 20, "square": 20}
    assert (card["preset"], card["train_drawings"], card["epochs"], card["parameters"]) == ("ten", 40, 1, 121_539)
    probabilities = {"name": "probabilities", "class": "Dense", "output_shape": [3], "parameters": 195}
    assert card["layers"][-1] == probabilities
    assert card["training"] == TrainingConfig(epochs=1, mixed_precision=True).to_dict()


def test_begins_from_a_network_and_tells_what_it_took(
    files: list[str], tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    start = tmp_path / "start.keras"
    save_network(build_network(TrainingConfig(), 2), ["line", "moon"], start)
    with caplog.at_level(logging.INFO, logger="quickdraw"):
        module.run_fn(arguments(files, tmp_path, warm_start=str(start)))
    card = read_model_card(tmp_path / "run")
    assert card["warm_start"]["words_known"] == ["line"]
    assert "Trainer began from start.keras: " in caplog.messages[0]


@pytest.mark.exhaustive
def test_several_devices_share_each_batch(files: list[str], tmp_path: pathlib.Path) -> None:
    # TensorFlow decides about its devices once a process. 41 drawings cannot be shared out.
    few = write_transformed(tmp_path / "Split-train", rows=40) + write_transformed(tmp_path / "more", rows=2)[:1]
    done = subprocess.run(
        [sys.executable, str(pathlib.Path(__file__).with_name("two_devices.py")), str(tmp_path), *few],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["replicas", "2", "drawings", "40", "finite", "True", "resumed", "True"]


def test_an_empty_split_is_told(tmp_path: pathlib.Path) -> None:
    with pytest.raises(UsageError, match=r"there are no transformed examples under .*; the split is empty"):
        module._expand([str(tmp_path / "none-*")])

"""A workspace with two pushed versions, an old release's and this one's."""

import json
import pathlib

import keras
import pytest

from components.trainer.model_card import write_model_card
from components.trainer.network_file import save_network

RUN = {
    "run_key": "5a4c",
    "pushed_at": "2025-11-30T08:15:00+00:00",
    "examples": 1367,
    "metrics": {"accuracy": 0.87194, "map_at_3": 0.9144},
    "checks": [
        {"metric": "accuracy", "passed": True, "sentence": "accuracy 0.8719 is at least 0.7500."},
        {"metric": "map_at_3", "passed": False, "sentence": "map_at_3 0.9144 is below 0.9500."},
    ],
}
CARD = {
    "preset": "ten",
    "parameters": 121_994,
    "layers": [{"name": "not told twice", "class": "Dense", "output_shape": [3], "parameters": 9}],
    "commit": "674a293+changes",
    "training": {"network": "notebook", "learning_rate": 2e-05, "augmentation": None},
    "data": {"data_key": "0123456789abcdef"},
    "warm_start": {"name": "version 1700000000", "words_new": ["ant", "bee"]},
}


@pytest.fixture
def workspace(tmp_path: pathlib.Path) -> pathlib.Path:
    """Version 1700000000 as an older release pushed it, and version 1764490500 as this one does."""
    for version, labels in (("1700000000", ["ant"]), ("1764490500", ["ant", "bee", "cat"])):
        assets = tmp_path / "models" / "quickdraw" / version / "assets.extra"
        assets.mkdir(parents=True)
        (assets.parent / "saved_model.pb").touch()
        (assets / "labels.txt").write_text("".join(f"{label}\n" for label in labels))
        (assets / "run.json").write_text(json.dumps({"run_key": "01d"}))
    (assets / "run.json").write_text(json.dumps(RUN))
    write_model_card(assets.parent, CARD)
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, name="probabilities")], name="tiny")
    save_network(network, labels, assets / "network.keras")
    return tmp_path

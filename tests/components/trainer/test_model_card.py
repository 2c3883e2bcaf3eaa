import json
import pathlib
import re
import subprocess

import keras
import pytest

from components.trainer.model_card import current_commit, describe_layers, read_model_card, write_model_card
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig


def git(folder: pathlib.Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """A repository of one commit."""
    monkeypatch.delenv("QUICKDRAW_COMMIT", raising=False)
    git(tmp_path, "init", "--quiet")
    (tmp_path / "code.py").write_text("1")
    git(tmp_path, "add", "code.py")
    git(tmp_path, "commit", "--quiet", "--message=one")
    return tmp_path


def test_a_card_is_read_as_written(tmp_path: pathlib.Path) -> None:
    card = {"preset": "demo", "training": {"learning_rate": 2e-05}, "warm_start": None, "words": ["caf\u00e9"]}
    write_model_card(tmp_path / "model", card)
    assert (tmp_path / "model" / "assets.extra" / "model_card.json").is_file()
    assert read_model_card(str(tmp_path / "model")) == card


def test_a_model_without_a_card_has_an_empty_one(tmp_path: pathlib.Path) -> None:
    assert read_model_card(tmp_path) == {}


def test_layers_are_listed_with_their_shapes_and_parameters() -> None:
    image = keras.Input((4, 4, 1), name="image")
    flat = keras.layers.Flatten(name="flat")(image)
    network = keras.Model(image, keras.layers.Dense(3, name="probabilities")(flat))
    assert describe_layers(network) == [
        {"name": "image", "class": "InputLayer", "output_shape": [4, 4, 1], "parameters": 0},
        {"name": "flat", "class": "Flatten", "output_shape": [16], "parameters": 0},
        {"name": "probabilities", "class": "Dense", "output_shape": [3], "parameters": 51},
    ]


@pytest.mark.parametrize("name", ["notebook", "small_residual", "small_sketch"])
def test_the_layers_of_our_networks_hold_all_of_their_parameters(name: str) -> None:
    form = {"image_style": "antialiased", "inverted": True, "centred": True, "sequence_length": 96}
    config = TrainingConfig(network=name, **(form if name == "small_sketch" else {}))
    network = build_network(config, 3)
    layers = describe_layers(network)
    assert sum(layer["parameters"] for layer in layers) == network.count_params()
    assert json.loads(json.dumps(layers)) == layers


def test_the_commit_tells_of_changes_to_tracked_files(project: pathlib.Path) -> None:
    head = git(project, "rev-parse", "HEAD")
    git(project, "tag", "--annotate", "--message=one", "v1")
    assert re.fullmatch("[0-9a-f]{40}", head)
    (project / "notes.txt").write_text("untracked")
    assert current_commit(project) == head
    (project / "code.py").write_text("2")
    assert current_commit(project) == f"{head}+changes"
    git(project, "add", "code.py")
    assert current_commit(project) == f"{head}+changes"


def test_the_environment_says_what_an_image_without_git_cannot(
    project: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUICKDRAW_COMMIT", "674a293")
    assert current_commit(project) == "674a293"


def test_a_folder_of_somebody_elses_repository_is_unknown(project: pathlib.Path) -> None:
    installed = project / "site-packages"
    installed.mkdir()
    assert current_commit(installed) == "unknown"


def test_without_git_or_commits_it_is_unknown(project: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(project, "update-ref", "-d", "HEAD")
    assert current_commit(project) == "unknown"
    monkeypatch.setenv("PATH", "")
    assert current_commit(project) == "unknown"

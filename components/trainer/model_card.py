"""The model card: where a model came from, as JSON inside the SavedModel.

Source of the idea: "Model Cards for Model Reporting", Mitchell et al. 2019.
"""

import importlib.metadata
import json
import os
import pathlib
import subprocess
from typing import TYPE_CHECKING, Any

from components.trainer.assets import MODEL_CARD_FILE

if TYPE_CHECKING:
    # `quickdraw models list` reads cards and need not load Keras.
    import keras

_PROJECT = pathlib.Path(__file__).resolve().parents[2]
_COMMIT_VARIABLE = "QUICKDRAW_COMMIT"


def write_model_card(directory: str | os.PathLike[str], card: dict[str, Any]) -> None:
    """Writes the card into a SavedModel.

    Args:
        directory: the SavedModel.
        card: JSON values.
    """
    path = pathlib.Path(directory, MODEL_CARD_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(card, indent=1), encoding="utf-8")


def read_model_card(directory: str | os.PathLike[str]) -> dict[str, Any]:
    """Reads what `write_model_card` wrote.

    Args:
        directory: a SavedModel.

    Returns:
        The card; {} for a model that has none, as those of older releases.
    """
    path = pathlib.Path(directory, MODEL_CARD_FILE)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def describe_layers(network: "keras.Model") -> list[dict[str, Any]]:
    """Lists the layers for the card, so that whoever reads it need not load Keras.

    Args:
        network: built.

    Returns:
        For each layer in order: `name`, `class`, `output_shape` without the batch, and `parameters`.
    """
    return [
        {
            "name": layer.name,
            "class": type(layer).__name__,
            "output_shape": list(layer.output.shape[1:]),
            "parameters": layer.count_params(),
        }
        for layer in network.layers
    ]


def library_versions() -> dict[str, str]:
    """The releases of the libraries that made a model."""
    return {name: importlib.metadata.version(name) for name in ("tensorflow", "keras", "tfx")}


def current_commit(project: pathlib.Path = _PROJECT) -> str:
    """Tells which commit runs; for the card only, since a commit that changes no code must not train again.

    Args:
        project: the project's folder.

    Returns:
        The environment variable QUICKDRAW_COMMIT if it is set, for images without git; else the full hash, with
        "+changes" if tracked files differ from it; "unknown" where the project is no git repository of its own.
    """
    if commit := os.environ.get(_COMMIT_VARIABLE):
        return commit
    # Elsewhere git would go up and tell of whatever repository the project happens to be installed in.
    if not (project / ".git").exists():
        return "unknown"
    command = ["git", "--no-optional-locks", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=+changes"]
    try:
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "unknown"
    return done.stdout.strip() if done.returncode == 0 else "unknown"

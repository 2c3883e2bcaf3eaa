"""Where the network of a warm start comes from, as far as the files around it tell."""

import pathlib

from components.errors import UsageError
from components.trainer.assets import NETWORK_FILE
from components.trainer.model_card import read_model_card
from components.trainer.training_config import TrainingConfig

# What a network is shown and its shapes do not tell.
_INPUT_FORM = ("image_style", "image_size", "inverted", "centred", "time_slices", "sequence_length")


def check_input_form(path: str, config: TrainingConfig) -> None:
    """Looks whether a network was trained on what this training will show it.

    Args:
        path: a `.keras` file; if it lies in a SavedModel of ours, the model card there tells.
        config: of this training.

    Raises:
        UsageError: it was shown something else.
    """
    card = read_model_card(_model_of(path))
    ours = config.to_dict()
    for field in _INPUT_FORM if card else ():
        theirs = card["training"][field]
        if theirs != ours[field]:
            raise UsageError(
                f"{name_of_source(path)} was trained with {field} {theirs}, this run trains with {ours[field]}; choose "
                "the preset it was trained with."
            )


def name_of_source(path: str) -> str:
    """Names a network for people: "version 7" for one in the registry, else the file's name."""
    model = _model_of(path)
    is_version = pathlib.Path(path) == model / NETWORK_FILE and model.name.isdigit()
    return f"version {model.name}" if is_version else pathlib.Path(path).name


def _model_of(path: str) -> pathlib.Path:
    """The SavedModel that a network file lies in, if it does."""
    return pathlib.Path(path).parent.parent

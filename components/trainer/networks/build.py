"""Finds a network by its name, and fits it to what it will see."""

import dataclasses

import keras

from components.errors import UsageError
from components.trainer.networks.notebook import notebook
from components.trainer.networks.residual import residual
from components.trainer.networks.sketch import sketch
from components.trainer.training_config import TrainingConfig


@dataclasses.dataclass(frozen=True)
class _Size:
    """Widths of the image's part and of the points' part, and dropout before the last layer."""

    widths: tuple[int, ...]
    sequence_widths: tuple[int, ...]
    dropout: float


_SMALL = _Size((24, 48, 96), (64, 128, 128), dropout=0.3)
_LARGE = _Size((32, 64, 128, 256), (64, 128, 192), dropout=0.2)
_NETWORKS: dict[str, _Size | None] = {
    "notebook": None,
    "residual": _LARGE,
    "sketch": _LARGE,
    "small_residual": _SMALL,
    "small_sketch": _SMALL,
}


def build_network(config: TrainingConfig, num_words: int, dtype: str = "float32") -> keras.Model:
    """Builds the network that a configuration names.

    Args:
        config: network, and the form of its input.
        num_words: number of classes.
        dtype: Keras dtype policy that the layers compute in; weights and probabilities are float32 in any case.

    Returns:
        An uncompiled Keras model.

    Raises:
        UsageError: there is no network of that name, or it cannot see what the configuration shows it.
    """
    if config.network not in _NETWORKS:
        known = ", ".join(sorted(_NETWORKS))
        raise UsageError(f"there is no network '{config.network}'; the networks are: {known}.")
    _check_input(config)
    size = _NETWORKS[config.network]
    if size is None:
        return notebook(num_words, config.image_size, dtype)
    seen = (num_words, config.image_size, config.time_slices)
    if config.network.endswith("residual"):
        return residual(*seen, size.widths, size.dropout, dtype)
    return sketch(*seen, config.sequence_length, size.widths, size.sequence_widths, size.dropout, dtype)


def _check_input(config: TrainingConfig) -> None:
    if config.network.endswith("sketch") != (config.sequence_length > 0):
        needs = "needs" if config.network.endswith("sketch") else "has no use for"
        raise UsageError(f"network {config.network} {needs} a sequence_length.")
    if config.network == "notebook" and config.time_slices > 1:
        raise UsageError("network notebook sees one image; it has no use for time_slices.")

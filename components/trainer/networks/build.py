"""Finds a network by its name, and fits it to what it will see."""

from collections.abc import Callable

import keras

from components.errors import UsageError
from components.trainer.networks.notebook import notebook
from components.trainer.networks.residual import residual
from components.trainer.networks.sketch import sketch
from components.trainer.training_config import TrainingConfig


def _notebook(config: TrainingConfig, num_words: int, dtype: str) -> keras.Model:
    return notebook(num_words, config.image_size, dtype)


def _small_residual(config: TrainingConfig, num_words: int, dtype: str) -> keras.Model:
    return residual(num_words, config.image_size, config.time_slices, (24, 48, 96), dropout=0.3, dtype=dtype)


def _residual(config: TrainingConfig, num_words: int, dtype: str) -> keras.Model:
    return residual(num_words, config.image_size, config.time_slices, (32, 64, 128, 256), dropout=0.2, dtype=dtype)


def _small_sketch(config: TrainingConfig, num_words: int, dtype: str) -> keras.Model:
    size, slices, length = config.image_size, config.time_slices, config.sequence_length
    return sketch(num_words, size, slices, length, (24, 48, 96), (64, 128, 128), dropout=0.3, dtype=dtype)


def _sketch(config: TrainingConfig, num_words: int, dtype: str) -> keras.Model:
    size, slices, length = config.image_size, config.time_slices, config.sequence_length
    return sketch(num_words, size, slices, length, (32, 64, 128, 256), (64, 128, 192), dropout=0.2, dtype=dtype)


_NETWORKS: dict[str, Callable[[TrainingConfig, int, str], keras.Model]] = {
    "notebook": _notebook,
    "residual": _residual,
    "small_residual": _small_residual,
    "small_sketch": _small_sketch,
    "sketch": _sketch,
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
        UsageError: there is no network of that name.
    """
    if config.network not in _NETWORKS:
        known = ", ".join(sorted(_NETWORKS))
        raise UsageError(f"there is no network '{config.network}'; the networks are: {known}.")
    return _NETWORKS[config.network](config, num_words, dtype)

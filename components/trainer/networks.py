"""The networks by name, each a function of the number of words and the image's size."""

from collections.abc import Callable

import keras
from keras import layers

from components.errors import UsageError


def notebook(num_words: int, image_size: int) -> keras.Model:
    """The notebook's dropout CNN, layer for layer; 121,994 parameters at 10 words and 32 pixels.

    Args:
        num_words: number of classes.
        image_size: pixels along one side.

    Returns:
        An uncompiled model: float32 `[N, size, size, 1]` in 0..1 (ink 0) -> float32 probabilities `[N, num_words]`.
    """
    return keras.Sequential(
        [
            keras.Input((image_size, image_size, 1), name="image"),
            layers.Conv2D(32, (3, 3), activation="relu"),
            layers.MaxPooling2D((2, 2)),
            layers.Activation("relu"),
            layers.Dropout(0.2),
            layers.Conv2D(64, (3, 3), activation="relu"),
            layers.MaxPooling2D((2, 2)),
            layers.Activation("relu"),
            layers.Dropout(0.2),
            layers.Conv2D(64, (3, 3), activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(num_words, activation="softmax", name="probabilities"),
        ],
        name="notebook",
    )


_NETWORKS: dict[str, Callable[[int, int], keras.Model]] = {"notebook": notebook}


def build_network(name: str, num_words: int, image_size: int) -> keras.Model:
    """Builds the network called `name`.

    Args:
        name: a key of the table above.
        num_words: number of classes.
        image_size: pixels along one side.

    Returns:
        An uncompiled Keras model.

    Raises:
        UsageError: there is no network of that name.
    """
    if name not in _NETWORKS:
        raise UsageError(f"there is no network '{name}'; the networks are: {', '.join(sorted(_NETWORKS))}.")
    return _NETWORKS[name](num_words, image_size)

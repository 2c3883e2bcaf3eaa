"""The notebook's dropout CNN."""

import keras
from keras import layers


def notebook(num_words: int, image_size: int, dtype: str = "float32") -> keras.Model:
    """The notebook's network, layer for layer; 121,994 parameters at 10 words and 32 pixels.

    Args:
        num_words: number of classes.
        image_size: pixels along one side.
        dtype: Keras dtype policy that the layers compute in.

    Returns:
        An uncompiled model: float32 `[N, size, size, 1]` in 0..1 (ink 0) -> float32 probabilities
        `[N, num_words]`.
    """
    return keras.Sequential(
        [
            keras.Input((image_size, image_size, 1), name="image"),
            layers.Conv2D(32, (3, 3), activation="relu", dtype=dtype),
            layers.MaxPooling2D((2, 2), dtype=dtype),
            layers.Activation("relu", dtype=dtype),
            layers.Dropout(0.2, dtype=dtype),
            layers.Conv2D(64, (3, 3), activation="relu", dtype=dtype),
            layers.MaxPooling2D((2, 2), dtype=dtype),
            layers.Activation("relu", dtype=dtype),
            layers.Dropout(0.2, dtype=dtype),
            layers.Conv2D(64, (3, 3), activation="relu", dtype=dtype),
            layers.Flatten(dtype=dtype),
            layers.Dense(64, activation="relu", dtype=dtype),
            layers.Dropout(0.5, dtype=dtype),
            layers.Dense(num_words, activation="softmax", name="probabilities", dtype="float32"),
        ],
        name="notebook",
    )

"""Two views of a drawing: its image, and the way the pen went."""

import functools
from collections.abc import Sequence

import keras
from keras import layers

from components.trainer.model_input.point_sequence import FEATURES
from components.trainer.networks.residual import convolve, image_features, stages


def sketch(
    num_words: int,
    image_size: int,
    channels: int,
    sequence_length: int,
    widths: Sequence[int],
    sequence_widths: Sequence[int],
    dropout: float,
    dtype: str = "float32",
) -> keras.Model:
    """The residual CNN over the image beside a residual convolution over the points, joined before the last layer.

    Args:
        num_words: number of classes.
        image_size: pixels along one side.
        channels: images of one drawing.
        sequence_length: points of a drawing.
        widths: of the image's part, see `components.trainer.networks.residual`.
        sequence_widths: channels of the first convolution over the points and of each stage after it.
        dropout: share of the features left out before the last layer.
        dtype: Keras dtype policy that the layers compute in.

    Returns:
        An uncompiled model: {`image`: `[N, size, size, channels]` in 0..1 (ink 1), `sequence`: `[N, length, 8]`} ->
        probabilities `[N, num_words]`, all float32.
    """
    image = keras.Input((image_size, image_size, channels), name="image")
    sequence = keras.Input((sequence_length, FEATURES), name="sequence")
    both = layers.Concatenate(dtype=dtype)(
        [image_features(image, widths, dtype), *_sequence_features(sequence, sequence_widths, dtype)]
    )
    features = layers.Dropout(dropout, dtype=dtype)(both)
    answer = layers.Dense(num_words, activation="softmax", name="probabilities", dtype="float32")(features)
    return keras.Model({"image": image, "sequence": sequence}, answer, name="sketch")


def _sequence_features(sequence: keras.KerasTensor, widths: Sequence[int], dtype: str) -> list[keras.KerasTensor]:
    convolution = functools.partial(layers.Conv1D, kernel_size=5)
    features = convolve(sequence, convolution, widths[0], strides=1, dtype=dtype)
    features = stages(features, convolution, widths[1:], dtype)
    return [layers.GlobalAveragePooling1D(dtype=dtype)(features), layers.GlobalMaxPooling1D(dtype=dtype)(features)]

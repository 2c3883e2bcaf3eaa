"""A compact residual CNN: what an image of a drawing is worth to a classifier."""

import functools
from collections.abc import Callable, Sequence

import keras
from keras import layers

# Batches are many and alike, so the running statistics may follow them faster than Keras' own 0.99.
_BATCH_NORM_MOMENTUM = 0.98


def residual(
    num_words: int, image_size: int, channels: int, widths: Sequence[int], dropout: float, dtype: str = "float32"
) -> keras.Model:
    """Convolutions that halve the image, each followed by one with a shortcut, and an average over what is left.

    The shape of a network after "Deep Residual Learning for Image Recognition", He et al. 2015, cut down to drawings.

    Args:
        num_words: number of classes.
        image_size: pixels along one side.
        channels: images of one drawing.
        widths: channels of the first convolution and of each stage after it.
        dropout: share of the features left out before the last layer.
        dtype: Keras dtype policy that the layers compute in.

    Returns:
        An uncompiled model: float32 `[N, size, size, channels]` in 0..1 (ink 1) -> float32 probabilities
        `[N, num_words]`.
    """
    image = keras.Input((image_size, image_size, channels), name="image")
    features = layers.Dropout(dropout, dtype=dtype)(image_features(image, widths, dtype))
    answer = layers.Dense(num_words, activation="softmax", name="probabilities", dtype="float32")(features)
    return keras.Model(image, answer, name="residual")


def image_features(image: keras.KerasTensor, widths: Sequence[int], dtype: str) -> keras.KerasTensor:
    """The part before the last layer.

    Args:
        image: as `residual` takes it.
        widths: as `residual` takes them.
        dtype: Keras dtype policy.

    Returns:
        `[N, widths[-1]]`.
    """
    convolution = functools.partial(layers.Conv2D, kernel_size=3)
    features = convolve(image, convolution, widths[0], strides=2, dtype=dtype)
    return layers.GlobalAveragePooling2D(dtype=dtype)(stages(features, convolution, widths[1:], dtype))


def stages(
    features: keras.KerasTensor, convolution: Callable[..., keras.Layer], widths: Sequence[int], dtype: str
) -> keras.KerasTensor:
    """Halves the features in each direction, once for each width, and adds what another convolution makes of them.

    Args:
        features: `[N, ..., channels]`.
        convolution: Keras layer of one or two dimensions, but for its width and strides.
        widths: channels of each stage.
        dtype: Keras dtype policy.

    Returns:
        `[N, ..., widths[-1]]`.
    """
    for width in widths:
        features = convolve(features, convolution, width, strides=2, dtype=dtype)
        features = layers.Add(dtype=dtype)([features, convolve(features, convolution, width, strides=1, dtype=dtype)])
    return features


def convolve(
    features: keras.KerasTensor, convolution: Callable[..., keras.Layer], width: int, strides: int, dtype: str
) -> keras.KerasTensor:
    """A convolution, a batch norm and a ReLU."""
    features = convolution(width, strides=strides, padding="same", use_bias=False, dtype=dtype)(features)
    features = layers.BatchNormalization(momentum=_BATCH_NORM_MOMENTUM, dtype=dtype)(features)
    return layers.ReLU(dtype=dtype)(features)

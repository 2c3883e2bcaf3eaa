"""TFT's `preprocessing_fn`: drawing text -> packed image, in the graph that is also served."""

from typing import Any

import tensorflow as tf
import tensorflow_transform as tft

from components.transform.features import DRAWING, IMAGE, WORD
from components.transform.packed_image import pack
from components.transform.rasterizer import rasterize

WORDS_VOCABULARY = "words"


def preprocessing_fn(inputs: dict[str, tf.Tensor], custom_config: dict[str, Any]) -> dict[str, tf.Tensor]:
    """Rasters the drawing, keeps the word, and collects the vocabulary of words.

    Args:
        inputs: raw features; `drawing` and `word` are string `[N]` or `[N, 1]`.
        custom_config: `image_style` and `image_size`, see `components.trainer.training_config`.

    Returns:
        `image`, string `[N]`: the packed uint8 image; `word`, string `[N]`. Words stay text: which class id a word
        has is the Trainer's business, so adding a word never changes transformed examples.
    """
    drawings = tf.reshape(inputs[DRAWING], [-1])
    words = tf.reshape(inputs[WORD], [-1])
    tft.vocabulary(words, vocab_filename=WORDS_VOCABULARY)
    images = rasterize(drawings, style=custom_config["image_style"], size=custom_config["image_size"])
    return {IMAGE: pack(images), WORD: words}

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
    return {IMAGE: _draw(drawings, custom_config["image_style"], custom_config["image_size"]), WORD: words}


# TFT traces its preprocessing_fn five times; a function of its own is traced once.
@tf.function(autograph=False)
def _draw(drawings: tf.Tensor, style: str, size: int) -> tf.Tensor:
    return pack(rasterize(drawings, style=style, size=size))

"""TFT's `preprocessing_fn`: drawing text -> packed image or packed strokes, in the graph that is also served."""

from typing import Any

import tensorflow as tf
import tensorflow_transform as tft

from components.transform.drawing_parser import parse
from components.transform.features import DRAWING, IMAGE, PACKED_STROKES, WORD
from components.transform.packed_image import pack
from components.transform.packed_strokes import pack_strokes
from components.transform.rasterizer import rasterize

WORDS_VOCABULARY = "words"


def preprocessing_fn(inputs: dict[str, tf.Tensor], custom_config: dict[str, Any]) -> dict[str, tf.Tensor]:
    """Rasters or packs the drawing, keeps the word, and collects the vocabulary of words.

    Args:
        inputs: raw features; `drawing` and `word` are string `[N]` or `[N, 1]`.
        custom_config: `feature`, what to make of the drawing; `image_style` and `image_size`, see
            `components.trainer.training_config`.

    Returns:
        `word`, string `[N]`, and one of: `image`, string `[N]`, the packed uint8 image; `packed_strokes`, string
        `[N]`, for a training that varies the strokes and rasters them itself. Words stay text: which class id a word
        has is the Trainer's business, so adding a word never changes transformed examples.
    """
    drawings = tf.reshape(inputs[DRAWING], [-1])
    words = tf.reshape(inputs[WORD], [-1])
    tft.vocabulary(words, vocab_filename=WORDS_VOCABULARY)
    feature = custom_config["feature"]
    if feature == PACKED_STROKES:
        return {feature: _pack_strokes(drawings), WORD: words}
    return {IMAGE: _draw(drawings, custom_config["image_style"], custom_config["image_size"]), WORD: words}


# TFT traces its preprocessing_fn five times; functions of their own are traced once.
@tf.function(autograph=False)
def _draw(drawings: tf.Tensor, style: str, size: int) -> tf.Tensor:
    return pack(rasterize(drawings, style=style, size=size))


@tf.function(autograph=False)
def _pack_strokes(drawings: tf.Tensor) -> tf.Tensor:
    return pack_strokes(parse(drawings))

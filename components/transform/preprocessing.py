"""TFT's `preprocessing_fn`: drawing text -> packed image or packed strokes, in the graph that is also served."""

from typing import Any

import tensorflow as tf
import tensorflow_transform as tft

from components.transform.drawing_feature import drawing_feature
from components.transform.features import DRAWING, WORD

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
    properties = {name: custom_config[name] for name in ("feature", "image_style", "image_size")}
    return {**drawing_feature(drawings, **properties), WORD: words}

"""A small model that really knows a few doodles: the notebook's network, trained for seconds on synthesized rows."""

import keras
import tensorflow as tf

from components.trainer.export import export_model
from components.trainer.fit import compile_network
from components.trainer.model_input.form import points_to_model_input
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from components.transform.drawing_parser import parse
from pipeline.synth.rows import train_row

WORDS = ["envelope", "house", "ice_cream", "sun"]
_ROWS_PER_WORD = 150
_CONFIG = TrainingConfig(learning_rate=2e-3, batch_size=32, epochs=10, image_style="antialiased", inverted=True)


def write_doodle_model(path):
    """Trains the model and writes it as the Trainer does."""
    keras.utils.set_random_seed(1)
    network = build_network(_CONFIG, len(WORDS))
    rows = [train_row(word.replace("_", " "), index, seed=7) for word in WORDS for index in range(_ROWS_PER_WORD)]
    rows = [row for row in rows if row.recognized]
    images = points_to_model_input(parse(tf.constant([row.drawing for row in rows])), _CONFIG)
    labels = tf.one_hot([WORDS.index(row.word.replace(" ", "_")) for row in rows], len(WORDS))
    compile_network(network, _CONFIG, len(rows))
    network.fit(images, labels, batch_size=_CONFIG.batch_size, epochs=_CONFIG.epochs, verbose=0)
    export_model(network, WORDS, _CONFIG, str(path))

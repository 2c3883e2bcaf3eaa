import json
import logging
import pathlib

import keras
import numpy as np
import pytest
import tensorflow as tf

from components.trainer.history import History


def test_collects_every_curve_and_says_where_it_is(tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture) -> None:
    images, classes = np.eye(4, dtype=np.float32), np.array([0, 1, 0, 1])
    dataset = tf.data.Dataset.from_tensor_slices((images, classes)).batch(4)
    network = keras.Sequential([keras.Input((4,)), keras.layers.Dropout(0.5), keras.layers.Dense(2, "softmax")])
    network.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    history = History(dataset, epochs=2)
    logging.getLogger("quickdraw").propagate = True
    with caplog.at_level(logging.INFO, logger="quickdraw"):
        network.fit(dataset, validation_data=dataset, epochs=2, callbacks=[history], verbose=0)
    history.write(str(tmp_path / "run"))

    curves = json.loads((tmp_path / "run" / "history.json").read_text())
    assert sorted(curves) == ["accuracy", "clean_accuracy", "epochs", "loss", "val_accuracy", "val_loss"]
    assert curves["epochs"] == [1, 2]
    # Evaluated on the same rows, also without dropout: the two must be one number.
    assert curves["clean_accuracy"] == curves["val_accuracy"]
    assert caplog.messages[0].startswith("Trainer epoch 1/2: loss ")

"""The curves of a training, as a callback that also tells the person waiting how far it is."""

import json
import logging
import pathlib

import keras
import tensorflow as tf

HISTORY_FILE = "history.json"

_logger = logging.getLogger("quickdraw")


class History(keras.callbacks.Callback):
    """Collects one value an epoch for each curve and logs one line an epoch.

    `clean_accuracy` is the accuracy on a fixed part of the train split *without* dropout. Keras' own train accuracy is
    measured with dropout on, which is why validation can look better than training; this curve shows it is not.
    """

    def __init__(self, clean_sample: tf.data.Dataset, epochs: int) -> None:
        super().__init__()
        self.curves: dict[str, list[float]] = {"epochs": []}
        self._clean_sample = clean_sample
        self._epochs = epochs

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Adds this epoch's values; Keras calls it."""
        values = dict(logs or {})
        values["clean_accuracy"] = self.model.evaluate(self._clean_sample, verbose=0, return_dict=True)["accuracy"]
        self.curves["epochs"].append(epoch + 1)
        for name, value in values.items():
            self.curves.setdefault(name, []).append(float(value))
        _logger.info(
            "Trainer epoch %d/%d: loss %.3f, accuracy %.3f, eval accuracy %.3f",
            epoch + 1,
            self._epochs,
            values["loss"],
            values["accuracy"],
            values["val_accuracy"],
        )

    def write(self, directory: str) -> None:
        """Writes the curves as `history.json`.

        Args:
            directory: made if missing.
        """
        pathlib.Path(directory).mkdir(parents=True, exist_ok=True)
        pathlib.Path(directory, HISTORY_FILE).write_text(json.dumps(self.curves, indent=1), encoding="utf-8")

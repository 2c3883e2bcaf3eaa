"""The curves of a training as files: JSON for programs, CSV for spreadsheets, event files for TensorBoard."""

import csv
import io
import json

import tensorflow as tf

from components.atomic_file import write_atomically

HISTORY_FILE = "history.json"
CSV_FILE = "history.csv"
# Below the Trainer's `model_run`, so that `tensorboard --logdir` on that shows every run beside the others.
LOGS_FOLDER = "logs"
# TensorBoard draws curves of equal name from different folders into one chart.
_TENSORBOARD_CURVES = {
    "train": {"loss": "epoch_loss", "accuracy": "epoch_accuracy", "learning_rate": "epoch_learning_rate"},
    "train without dropout": {"clean_loss": "epoch_loss", "clean_accuracy": "epoch_accuracy"},
    "evaluation": {"val_loss": "epoch_loss", "val_accuracy": "epoch_accuracy"},
}


class HistoryWriter:
    """Keeps the files of one training up to date."""

    def __init__(self, directory: str) -> None:
        """Opens the event files.

        Args:
            directory: the Trainer's `model_run`; made if missing.
        """
        self._directory = directory
        self._writers = {
            name: tf.summary.create_file_writer(f"{directory}/{LOGS_FOLDER}/{name}") for name in _TENSORBOARD_CURVES
        }
        self._written = 0

    def write(self, curves: dict[str, list[float]]) -> None:
        """Writes the epochs that are new; the first call after a pause writes also those before it.

        Args:
            curves: name -> one value an epoch; `epochs` counts from 1.
        """
        write_atomically(f"{self._directory}/{HISTORY_FILE}", json.dumps(curves, indent=1).encode())
        write_atomically(f"{self._directory}/{CSV_FILE}", _csv(curves).encode())
        for name, tags in _TENSORBOARD_CURVES.items():
            with self._writers[name].as_default():
                for step in range(self._written, len(curves["epochs"])):
                    for curve, tag in tags.items():
                        tf.summary.scalar(tag, curves[curve][step], step=step + 1)
        self._written = len(curves["epochs"])

    def close(self) -> None:
        """Closes the event files."""
        for writer in self._writers.values():
            writer.close()


def _csv(curves: dict[str, list[float]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(curves)
    writer.writerows(zip(*curves.values(), strict=True))
    return table.getvalue()

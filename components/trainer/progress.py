"""Tells the person who waits how far a training is, how fast it goes and how long it may still take."""

import logging
import time

import keras

from components.trainer.finite_loss import check_finite

_SECONDS_BETWEEN_LINES = 10.0

_logger = logging.getLogger("quickdraw")


class Progress(keras.callbacks.Callback):
    """Logs a line every ten seconds of an epoch, and looks whether the loss is still a number."""

    def __init__(self, epoch: int, epochs: int, examples: int, batch_size: int) -> None:
        """Describes the epoch.

        Args:
            epoch: finished epochs.
            epochs: of the whole training, at most.
            examples: drawings an epoch.
            batch_size: drawings a step.
        """
        super().__init__()
        self._epoch, self._epochs, self._examples, self._batch_size = epoch, epochs, examples, batch_size
        self._started = self._told = time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Looks at the clock; Keras calls it."""
        now = time.monotonic()
        if now - self._told < _SECONDS_BETWEEN_LINES:
            return
        self._told = now
        check_finite(dict(logs or {}), self._epoch + 1)
        done = min((batch + 1) * self._batch_size, self._examples)
        rate = done / (now - self._started)
        left = (self._examples * (self._epochs - self._epoch) - done) / rate
        _logger.info(
            "Trainer epoch %d/%d: %s of %s drawings, %s/s, about %s left",
            self._epoch + 1,
            self._epochs,
            f"{done:,}",
            f"{self._examples:,}",
            f"{rate:,.0f}",
            format_duration(left),
        )


def log_epoch(values: dict[str, float], epoch: int, epochs: int) -> None:
    """Logs what a finished epoch came to.

    Args:
        values: of `TrainingState.curves`, this epoch's.
        epoch: finished epochs.
        epochs: of the whole training, at most.
    """
    _logger.info(
        "Trainer epoch %d/%d: loss %.3f, accuracy %.3f (without dropout %.3f), eval loss %.3f, eval accuracy %.3f, "
        "%s/s, about %s left",
        epoch,
        epochs,
        values["loss"],
        values["accuracy"],
        values["clean_accuracy"],
        values["val_loss"],
        values["val_accuracy"],
        f"{values['drawings_per_second']:,.0f}",
        format_duration(values["seconds"] * (epochs - epoch)),
    )


def format_duration(seconds: float) -> str:
    """Writes a duration as people say it: "45 s", "12 min", "1 h 05 min"."""
    if round(seconds) < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"

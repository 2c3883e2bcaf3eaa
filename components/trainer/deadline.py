"""When a training has to stop; a file beside its state says so.

It is no parameter of the Trainer: parameters are part of the cache key, and a training that was given more time is
still the same training.
"""

import time

from tfx.dsl.io import fileio

from components.atomic_file import write_atomically
from components.errors import QuickdrawError

_DEADLINE_FILE = "stop_at.txt"


class TrainingPausedError(QuickdrawError):
    """The time is over, and the training is not."""


def write_deadline(directory: str, at: float | None) -> None:
    """Sets or removes the deadline of a training.

    Args:
        directory: of the training's state.
        at: seconds since the epoch of the clock; None for no deadline.
    """
    path = f"{directory}/{_DEADLINE_FILE}"
    if at is not None:
        write_atomically(path, repr(at).encode())
    elif fileio.exists(path):
        fileio.remove(path)


def check_deadline(directory: str, seconds_an_epoch: float, epoch: int, epochs: int) -> None:
    """Looks whether another epoch fits in.

    Args:
        directory: of the training's state.
        seconds_an_epoch: how long the last one took.
        epoch: finished epochs.
        epochs: of the whole training, at most.

    Raises:
        TrainingPausedError: it does not.
    """
    path = f"{directory}/{_DEADLINE_FILE}"
    if not fileio.exists(path):
        return
    with fileio.open(path, "rb") as file:
        deadline = float(file.read())
    if time.time() + seconds_an_epoch > deadline:
        raise TrainingPausedError(
            f"training paused after epoch {epoch} of {epochs}, as --max-minutes asked; nothing is lost. The same "
            "command goes on from there."
        )

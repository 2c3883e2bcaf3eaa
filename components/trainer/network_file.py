"""A trained network with its labels in one `.keras` file: what a warm start begins from.

Source of the format: Keras 3's saved model, a zip archive; the labels are one more member of it, which Keras ignores.
"""

import dataclasses
import os
import pathlib
import uuid
import zipfile
from collections.abc import Sequence

import keras

from components.errors import UsageError
from components.trainer.assets import labels_from_text, labels_to_text

_LABELS_MEMBER = "labels.txt"


@dataclasses.dataclass(frozen=True)
class NetworkFile:
    """What a `.keras` file holds.

    Attributes:
        network: uncompiled.
        labels: the words in the order of the class ids; None if the file was not written by `save_network`.
    """

    network: keras.Model
    labels: tuple[str, ...] | None


def save_network(network: keras.Model, labels: Sequence[str], path: str | os.PathLike[str]) -> None:
    """Writes a network and its labels so that no reader ever sees half of the file.

    Args:
        network: a built model; if it is compiled, Keras stores its optimizer's state too.
        labels: the words in the order of the class ids.
        path: ends in `.keras`; its folder must exist, a file there is replaced.
    """
    target = pathlib.Path(path)
    # Keras writes no other suffix.
    unfinished = target.with_name(f".{uuid.uuid4().hex}.keras")
    try:
        network.save(unfinished)
        with zipfile.ZipFile(unfinished, "a") as archive:
            archive.writestr(_LABELS_MEMBER, labels_to_text(labels))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def read_network(path: str | os.PathLike[str]) -> NetworkFile:
    """Reads a `.keras` file, ours or a foreign one, without running code that it may bring.

    Args:
        path: the file.

    Returns:
        The network and, if the file has them, its labels.

    Raises:
        UsageError: there is no such file, it is no `.keras` file, or Keras cannot read it.
    """
    file = pathlib.Path(path)
    if not file.exists():
        raise UsageError(f"there is no network file {file}; give a .keras file.")
    if file.suffix != ".keras" or not zipfile.is_zipfile(file):
        raise UsageError(f"{file} is no .keras file; give one that Keras 3 has saved.")
    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
        return NetworkFile(network, _read_labels(file))
    # What Keras raises depends on the member that is broken: ValueError, KeyError, OSError, zlib's and json's own.
    except Exception as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise UsageError(f"Keras cannot read {file}: {reason}") from error


def _read_labels(file: pathlib.Path) -> tuple[str, ...] | None:
    with zipfile.ZipFile(file) as archive:
        if _LABELS_MEMBER not in archive.namelist():
            return None
        return tuple(labels_from_text(archive.read(_LABELS_MEMBER).decode()))

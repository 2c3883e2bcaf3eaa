"""What an interrupted training needs to go on as if nothing had happened, in one file.

The file is replaced after each epoch, whole or not at all, so that a kill at any moment costs one epoch at most.
"""

import dataclasses
import io
import json
import math
import zipfile

import keras
import numpy as np
from tfx.dsl.io import fileio

from components.atomic_file import write_atomically
from components.errors import QuickdrawError

STATE_FILE = "state.npz"
_FACTS = "facts"


@dataclasses.dataclass
class TrainingState:
    """A training between two epochs.

    The network's own variables, its optimizer's and the seeds of its dropout live in the network and are saved with it.

    Attributes:
        epoch: finished epochs.
        curves: name -> one value an epoch.
        best_epoch: the epoch, from 1, with the lowest evaluation loss; 0 before the first.
        best_loss: that loss.
        best_weights: the network's weights after it.
    """

    epoch: int = 0
    curves: dict[str, list[float]] = dataclasses.field(default_factory=dict)
    best_epoch: int = 0
    best_loss: float = math.inf
    best_weights: list[np.ndarray] = dataclasses.field(default_factory=list)

    def add_epoch(self, values: dict[str, float], network: keras.Model) -> None:
        """Takes note of a finished epoch.

        Args:
            values: one value a curve, among them `val_loss`.
            network: as it is after the epoch.
        """
        self.epoch += 1
        for name, value in values.items():
            self.curves.setdefault(name, []).append(value)
        if values["val_loss"] < self.best_loss:
            self.best_epoch, self.best_loss = self.epoch, values["val_loss"]
            self.best_weights = network.get_weights()


class StateFile:
    """The state of one training in a folder of its own."""

    def __init__(self, directory: str) -> None:
        """Takes the folder, a local path or a URL; it is made when the first epoch ends."""
        self.directory = directory
        self.path = f"{directory}/{STATE_FILE}"

    def save(self, state: TrainingState, network: keras.Model) -> None:
        """Replaces what was saved before.

        Args:
            state: between two epochs.
            network: compiled; its variables, its optimizer's and its random seeds are saved.
        """
        facts = {field: getattr(state, field) for field in ("epoch", "curves", "best_epoch", "best_loss")}
        arrays = {
            f"variable_{i}": keras.ops.convert_to_numpy(variable) for i, variable in enumerate(_variables(network))
        }
        arrays |= {f"best_{i}": weights for i, weights in enumerate(state.best_weights)}
        content = io.BytesIO()
        np.savez(content, **{_FACTS: np.array(json.dumps(facts))}, **arrays)
        write_atomically(self.path, content.getvalue())

    def load(self, network: keras.Model) -> TrainingState:
        """Puts what was saved into the network.

        Args:
            network: compiled, and built by the configuration that the state was saved under.

        Returns:
            The state; a fresh one if nothing was saved.

        Raises:
            QuickdrawError: the file cannot be read, or belongs to another network.
        """
        if not fileio.exists(self.path):
            return TrainingState()
        try:
            with fileio.open(self.path, "rb") as file:
                arrays = dict(np.load(io.BytesIO(file.read())))
            state = TrainingState(**json.loads(str(arrays[_FACTS])), best_weights=_numbered(arrays, "best"))
            _assign(_variables(network), _numbered(arrays, "variable"))
        except (ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
            raise QuickdrawError(
                f"the training state {self.path} cannot be read ({error}); delete it to train from the start."
            ) from error
        return state


def _numbered(arrays: dict[str, np.ndarray], name: str) -> list[np.ndarray]:
    return [arrays[f"{name}_{i}"] for i in range(sum(key.startswith(f"{name}_") for key in arrays))]


def _assign(variables: list[keras.Variable], values: list[np.ndarray]) -> None:
    shapes = [tuple(variable.shape) for variable in variables]
    if shapes != [value.shape for value in values]:
        raise ValueError("it belongs to another network")
    for variable, value in zip(variables, values, strict=True):
        variable.assign(value)


def _variables(network: keras.Model) -> list[keras.Variable]:
    """All that an epoch changes, in an order that depends on nothing but how the network was built."""
    network.optimizer.build(network.trainable_variables)
    return [*network.variables, *network.optimizer.variables]

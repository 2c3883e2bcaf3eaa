import pathlib

import keras
import numpy as np
import pytest

from components.errors import QuickdrawError
from components.trainer.training_state import StateFile, TrainingState


def compiled(units: int = 3) -> keras.Model:
    network = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(units), keras.layers.Dropout(0.5), keras.layers.Dense(2, "softmax")]
    )
    network.compile(keras.optimizers.Adam(), "categorical_crossentropy")
    network.optimizer.build(network.trainable_variables)
    return network


def train(network: keras.Model) -> None:
    network.fit(np.eye(2, dtype=np.float32), np.eye(2, dtype=np.float32), verbose=0)


def everything(network: keras.Model) -> list[np.ndarray]:
    """Weights, dropout seeds, and the optimizer's moments and step."""
    return [np.array(variable) for variable in (*network.variables, *network.optimizer.variables)]


def epoch(loss: float) -> dict[str, float]:
    return {"epochs": 1, "val_loss": loss}


def test_a_new_process_goes_on_with_the_same_bits(tmp_path: pathlib.Path) -> None:
    network, state_file = compiled(), StateFile(str(tmp_path / "state"))
    train(network)
    state = TrainingState()
    state.add_epoch(epoch(0.5), network)
    state_file.save(state, network)

    other = compiled()
    loaded = StateFile(str(tmp_path / "state")).load(other)
    for expected, value in zip(everything(network), everything(other), strict=True):
        np.testing.assert_array_equal(value, expected)
    assert (loaded.epoch, loaded.curves, loaded.best_epoch, loaded.best_loss) == (
        1,
        {"epochs": [1], "val_loss": [0.5]},
        1,
        0.5,
    )
    for expected, value in zip(network.get_weights(), loaded.best_weights, strict=True):
        np.testing.assert_array_equal(value, expected)
    # Dropout draws the same numbers, Adam makes the same step.
    train(network)
    train(other)
    for expected, value in zip(everything(network), everything(other), strict=True):
        np.testing.assert_array_equal(value, expected)


def test_without_a_file_the_training_is_fresh(tmp_path: pathlib.Path) -> None:
    assert StateFile(str(tmp_path)).load(compiled()) == TrainingState()


def test_the_first_of_equally_good_epochs_is_the_best() -> None:
    network, state = compiled(), TrainingState()
    state.add_epoch(epoch(0.5), network)
    best = [np.copy(weights) for weights in state.best_weights]
    train(network)
    for loss in (0.7, 0.5):
        state.add_epoch(epoch(loss), network)
    assert (state.epoch, state.best_epoch, state.best_loss) == (3, 1, 0.5)
    for expected, value in zip(best, state.best_weights, strict=True):
        np.testing.assert_array_equal(value, expected)


def test_a_file_that_is_cut_is_told(tmp_path: pathlib.Path) -> None:
    state_file = StateFile(str(tmp_path))
    state_file.save(TrainingState(), compiled())
    content = pathlib.Path(state_file.path).read_bytes()
    for length in (0, 10, len(content) // 2):
        pathlib.Path(state_file.path).write_bytes(content[:length])
        with pytest.raises(QuickdrawError, match=r"state.npz cannot be read .*; delete it to train from the start"):
            state_file.load(compiled())


@pytest.mark.parametrize("units", [2, 4])
def test_the_state_of_another_network_is_told_and_changes_nothing(tmp_path: pathlib.Path, units: int) -> None:
    state_file, network = StateFile(str(tmp_path)), compiled(units)
    state_file.save(TrainingState(), compiled())
    before = everything(network)
    with pytest.raises(QuickdrawError, match="it belongs to another network"):
        state_file.load(network)
    for expected, value in zip(before, everything(network), strict=True):
        np.testing.assert_array_equal(value, expected)


def test_the_state_of_a_larger_network_is_told(tmp_path: pathlib.Path) -> None:
    state_file = StateFile(str(tmp_path))
    state_file.save(TrainingState(), compiled())
    small = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    small.compile(keras.optimizers.Adam(), "mse")
    with pytest.raises(QuickdrawError, match="it belongs to another network"):
        state_file.load(small)

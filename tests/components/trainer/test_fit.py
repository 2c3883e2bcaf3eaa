import pathlib

import keras
import numpy as np
import pytest
import tensorflow as tf

from components.trainer.deadline import TrainingPausedError, write_deadline
from components.trainer.finite_loss import NonFiniteLossError
from components.trainer.fit import compile_network, fit
from components.trainer.input import make_training_data
from components.trainer.networks.build import build_network
from components.trainer.training_config import Augmentation, TrainingConfig
from components.trainer.training_state import StateFile, TrainingState
from tests.components.trainer.transformed import write_transformed

LABELS = ["line", "square"]
CONFIG = TrainingConfig(
    learning_rate=3e-3,
    schedule="cosine",
    warmup_epochs=0.5,
    weight_decay=1e-3,
    batch_size=20,
    epochs=4,
    patience=4,
    image_style="antialiased",
    augmentation=Augmentation(rotation=10, scale=0.1, flip=0.5, drop_stroke=0.1),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return write_transformed(tmp_path_factory.mktemp("transformed"), rows=60)


def train(files: list[str], folder: pathlib.Path, config: TrainingConfig) -> tuple[keras.Model, TrainingState]:
    """What a process does: build everything from the configuration, then go on where the state says."""
    keras.utils.set_random_seed(config.seed)
    network = build_network(config, len(LABELS))
    data = make_training_data(files, files, LABELS, config)
    compile_network(network, config, data.examples)
    state_file = StateFile(str(folder / "state"))
    state = state_file.load(network)
    fit(network, config, data, state, state_file, str(folder / "run"))
    return network, state


def test_a_training_that_is_stopped_after_every_epoch_ends_with_the_same_bits(
    files: list[str], tmp_path: pathlib.Path
) -> None:
    undisturbed, whole = train(files, tmp_path / "undisturbed", CONFIG)
    write_deadline(str(tmp_path / "stopped" / "state"), at=0.0)
    for epoch in range(1, CONFIG.epochs):
        with pytest.raises(TrainingPausedError, match=f"paused after epoch {epoch} of 4"):
            train(files, tmp_path / "stopped", CONFIG)
    network, state = train(files, tmp_path / "stopped", CONFIG)
    for name in set(whole.curves) - {"seconds", "cpu_seconds", "drawings_per_second"}:
        assert state.curves[name] == whole.curves[name], name
    for expected, weights in zip(undisturbed.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, expected)


def test_a_finished_training_is_not_trained_again(files: list[str], tmp_path: pathlib.Path) -> None:
    config = TrainingConfig(epochs=1, batch_size=20)
    first, _ = train(files, tmp_path, config)
    again, state = train(files, tmp_path, config)
    assert state.epoch == 1
    for expected, weights in zip(first.get_weights(), again.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, expected)


def test_keeps_the_best_weights_and_stops_when_nothing_gets_better(files: list[str], tmp_path: pathlib.Path) -> None:
    # Steps this large throw the network about, so that the last epoch is not the best one.
    config = TrainingConfig(optimizer="sgd", learning_rate=0.5, batch_size=20, epochs=20, patience=2)
    network, state = train(files, tmp_path, config)
    losses = state.curves["val_loss"]
    assert state.best_loss == min(losses)
    assert state.best_epoch == losses.index(min(losses)) + 1
    assert state.epoch == state.best_epoch + 2 < 20
    for expected, weights in zip(state.best_weights, network.get_weights(), strict=True):
        np.testing.assert_array_equal(weights, expected)


def test_a_loss_that_is_no_number_stops_and_keeps_the_last_good_state(files: list[str], tmp_path: pathlib.Path) -> None:
    good = TrainingConfig(epochs=1, batch_size=20)
    train(files, tmp_path, good)
    saved = (tmp_path / "state" / "state.npz").read_bytes()
    bad = TrainingConfig(epochs=2, batch_size=20, learning_rate=1e38)
    with pytest.raises(NonFiniteLossError, match=r"epoch 2: (loss|val_loss) became (nan|inf).*--learning-rate"):
        keras.utils.set_random_seed(1)
        network = build_network(TrainingConfig(), 2)
        data = make_training_data(files, files, LABELS, bad)
        compile_network(network, bad, data.examples)
        state_file = StateFile(str(tmp_path / "state"))
        state = state_file.load(network)
        network.optimizer.learning_rate = 1e38
        fit(network, bad, data, state, state_file, str(tmp_path / "run"))
    assert (tmp_path / "state" / "state.npz").read_bytes() == saved


def test_the_learning_rate_rises_and_falls_to_zero() -> None:
    network = build_network(TrainingConfig(), 2)
    compile_network(network, TrainingConfig(epochs=10, batch_size=5, schedule="cosine", warmup_epochs=1.0), examples=50)
    schedule = network.optimizer._learning_rate
    # Ten steps an epoch: half way up at 5, the top at 10, half way down at 55, zero at 100.
    rates = [float(schedule(tf.constant(step))) for step in (0, 5, 10, 55, 100)]
    np.testing.assert_allclose(rates, [0.0, 5e-4, 1e-3, 5e-4, 0.0], atol=1e-9)


def test_offsets_and_scales_do_not_decay() -> None:
    network = build_network(TrainingConfig(), 2)
    compile_network(network, TrainingConfig(weight_decay=0.1), examples=50)
    network.optimizer.build(network.trainable_variables)
    decays = {v.path.split("/")[-1] for v in network.trainable_variables if network.optimizer._use_weight_decay(v)}
    assert decays == {"kernel"}

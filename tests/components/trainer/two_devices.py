"""Trains on two logical CPUs as on two GPUs; a script, because a process cannot change its devices later."""

import pathlib
import sys

import numpy as np
import tensorflow as tf

from components.trainer.deadline import TrainingPausedError, write_deadline
from components.trainer.fit import compile_network, fit
from components.trainer.input import make_training_data
from components.trainer.networks.build import build_network
from components.trainer.training_config import Augmentation, TrainingConfig
from components.trainer.training_state import StateFile, TrainingState

CONFIG = TrainingConfig(
    network="small_sketch",
    batch_size=20,
    epochs=2,
    image_style="antialiased",
    centred=True,
    sequence_length=8,
    augmentation=Augmentation(flip=0.5),
)


def train(files: list[str], folder: pathlib.Path) -> TrainingState:
    """What `run_fn` does between reading and exporting."""
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    data = make_training_data(files, files, ["line", "square"], CONFIG, replicas=strategy.num_replicas_in_sync)
    state_file = StateFile(str(folder / "state"))
    with strategy.scope():
        network = build_network(CONFIG, 2)
        compile_network(network, CONFIG, data.examples)
        state = state_file.load(network)
    resumed = state.epoch == 1
    fit(network, CONFIG, data, state, state_file, str(folder / "run"))
    finite = all(np.isfinite(weights).all() for weights in network.get_weights())
    print("replicas", strategy.num_replicas_in_sync, "drawings", data.examples, "finite", finite, "resumed", resumed)
    return state


def main() -> None:
    """Pauses after an epoch, and goes on."""
    folder, files = pathlib.Path(sys.argv[1]), sys.argv[2:]
    cpu = tf.config.list_physical_devices("CPU")[0]
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    write_deadline(str(folder / "state"), 0.0)
    try:
        train(files, folder)
    except TrainingPausedError:
        train(files, folder)


if __name__ == "__main__":
    main()

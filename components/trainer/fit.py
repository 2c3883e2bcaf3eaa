"""The training loop: Keras trains an epoch, this decides whether there is another one, and nothing gets lost between.

Keras' own loop over epochs keeps what its callbacks know (the best weights, how long nothing got better) to itself, so
that a training in a new process could not go on with it.
"""

import time

import keras

from components.trainer.deadline import check_deadline
from components.trainer.finite_loss import check_finite
from components.trainer.history import HistoryWriter
from components.trainer.input import TrainingData
from components.trainer.progress import Progress, log_epoch
from components.trainer.training_config import TrainingConfig
from components.trainer.training_state import StateFile, TrainingState


def compile_network(network: keras.Model, config: TrainingConfig, examples: int) -> None:
    """Gives a network its loss, its optimizer and its metrics.

    Args:
        network: probabilities out.
        config: of the training.
        examples: drawings of the train split; a schedule needs them to know how many steps there will be.
    """
    steps = -(-examples // config.batch_size)
    rate: float | keras.optimizers.schedules.LearningRateSchedule = config.learning_rate
    if config.schedule == "cosine":
        # A training cut short by --epochs keeps a way down.
        warmup = min(round(config.warmup_epochs * steps), config.epochs * steps // 2)
        rate = keras.optimizers.schedules.CosineDecay(
            0.0 if warmup else config.learning_rate,
            decay_steps=max(1, config.epochs * steps - warmup),
            warmup_target=config.learning_rate if warmup else None,
            warmup_steps=warmup,
        )
    settings = {"learning_rate": rate, "weight_decay": config.weight_decay or None}
    optimizer = keras.optimizers.get({"class_name": config.optimizer, "config": settings})
    if config.weight_decay:
        # Offsets and scales are few and do not overfit.
        optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    network.compile(
        optimizer=optimizer,
        loss=keras.losses.CategoricalCrossentropy(label_smoothing=config.label_smoothing),
        metrics=["accuracy"],
    )


def fit(
    network: keras.Model,
    config: TrainingConfig,
    data: TrainingData,
    state: TrainingState,
    state_file: StateFile,
    log_dir: str,
) -> None:
    """Trains `network` in place until the last epoch, or until nothing got better for `patience` epochs.

    Args:
        network: of `compile_network`; afterwards it holds the weights of the best epoch.
        config: of the training.
        data: of `make_training_data`.
        state: of `state_file.load`; the training goes on where it stands, and updates it.
        state_file: where the state is kept.
        log_dir: where the curves go.

    Raises:
        NonFiniteLossError: the loss is no number; the state of the last good epoch is kept.
        TrainingPausedError: the deadline comes before the end of another epoch; the state is kept.
    """
    history = HistoryWriter(log_dir)
    while not _is_finished(state, config):
        values = _train_epoch(network, config, data, state.epoch)
        check_finite(values, state.epoch + 1)
        state.add_epoch(values, network)
        state_file.save(state, network)
        history.write(state.curves)
        log_epoch(values, state.epoch, config.epochs)
        if not _is_finished(state, config):
            check_deadline(state_file.directory, values["seconds"], state.epoch, config.epochs)
    history.write(state.curves)
    history.close()
    network.set_weights(state.best_weights)


def _is_finished(state: TrainingState, config: TrainingConfig) -> bool:
    return state.epoch >= config.epochs or state.epoch - state.best_epoch >= config.patience


def _train_epoch(network: keras.Model, config: TrainingConfig, data: TrainingData, epoch: int) -> dict[str, float]:
    """One pass over the train split, and what it came to."""
    data.epoch.assign(epoch)
    started, cpu_started = time.monotonic(), time.process_time()
    progress = Progress(epoch, config.epochs, data.examples, config.batch_size)
    trained = network.fit(data.train, callbacks=[progress], verbose=0).history
    seconds = time.monotonic() - started
    clean = network.evaluate(data.clean_sample, verbose=0, return_dict=True)
    evaluation = network.evaluate(data.evaluation, verbose=0, return_dict=True)
    return {
        "epochs": epoch + 1,
        "loss": trained["loss"][0],
        "accuracy": trained["accuracy"][0],
        "val_loss": evaluation["loss"],
        "val_accuracy": evaluation["accuracy"],
        "clean_loss": clean["loss"],
        "clean_accuracy": clean["accuracy"],
        "learning_rate": float(keras.ops.convert_to_numpy(network.optimizer.learning_rate)),
        "drawings_per_second": data.examples / seconds,
        "seconds": time.monotonic() - started,
        # Of all threads: on a machine that others use too, the only fair measure of what a training costs.
        "cpu_seconds": time.process_time() - cpu_started,
    }

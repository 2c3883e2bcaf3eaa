"""TFX's `run_fn`: trains the configured network on the transformed examples and exports it."""

import logging
from typing import Any

import keras
import tensorflow as tf
import tensorflow_transform as tft
from tfx import v1 as tfx

from components.errors import UsageError
from components.trainer.assets import write_word_counts
from components.trainer.export import export_model
from components.trainer.fit import compile_network, fit
from components.trainer.input import make_training_data
from components.trainer.labels import read_labels
from components.trainer.model_card import current_commit, describe_layers, library_versions, write_model_card
from components.trainer.network_file import read_network
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from components.trainer.training_state import StateFile, TrainingState
from components.trainer.warm_start import WarmStartReport, warm_start
from components.trainer.warm_start_origin import check_input_form, name_of_source

_logger = logging.getLogger("quickdraw")


def run_fn(fn_args: tfx.components.FnArgs) -> None:
    """Trains, keeps the weights with the best validation loss, and exports.

    Args:
        fn_args: from TFX's Trainer. The SavedModel goes to `serving_model_dir`, the curves to `model_run_dir`. Of
            `custom_config`: `training`, a `TrainingConfig` as a dict; `state_dir`, the folder where this training, and
            no other, keeps its state; `warm_start`, the `.keras` file to begin from, or ""; `card`, what is known of
            the model from elsewhere.

    Raises:
        UsageError: the training configuration, or the model to begin from, cannot be used.
        NonFiniteLossError: the loss is no number.
        TrainingPausedError: the time is over before the training is.
    """
    settings, commit = fn_args.custom_config, current_commit()
    config = TrainingConfig.from_dict(settings["training"])
    labels = read_labels(tft.TFTransformOutput(fn_args.transform_output))
    keras.utils.set_random_seed(config.seed)
    strategy = _strategy()
    train_files, eval_files = _expand(fn_args.train_files), _expand(fn_args.eval_files)
    data = make_training_data(train_files, eval_files, labels, config, replicas=strategy.num_replicas_in_sync)
    state_file = StateFile(settings["state_dir"])
    with strategy.scope():
        network = build_network(config, len(labels), config.dtype_policy)
        begun_from = _warm_start(network, labels, config, settings["warm_start"])
        compile_network(network, config, data.examples)
        state = state_file.load(network)
    if state.epoch:
        _logger.info("Trainer goes on after epoch %d, from %s", state.epoch, state_file.path)
    fit(network, config, data, state, state_file, fn_args.model_run_dir)
    served = build_network(config, len(labels))
    served.set_weights(network.get_weights())
    export_model(served, labels, config, fn_args.serving_model_dir)
    write_word_counts(fn_args.serving_model_dir, dict(zip(labels, data.word_counts.tolist(), strict=True)))
    card = {
        **settings["card"],
        "commit": commit,
        "parameters": served.count_params(),
        "layers": describe_layers(served),
        "train_drawings": data.examples,
        "eval_drawings": data.eval_examples,
        **_describe(config, state),
        **({"warm_start": begun_from.to_dict()} if begun_from else {}),
    }
    for directory in (fn_args.serving_model_dir, fn_args.model_run_dir):
        write_model_card(directory, card)


def _warm_start(network: keras.Model, labels: list[str], config: TrainingConfig, path: str) -> WarmStartReport | None:
    if not path:
        return None
    check_input_form(path, config)
    report = warm_start(network, labels, read_network(path), name_of_source(path))
    _logger.info("Trainer %s", report.sentence)
    return report


def _describe(config: TrainingConfig, state: TrainingState) -> dict[str, Any]:
    """What the model card tells of the training; the metrics on the test split are added by the Pusher."""
    best = state.best_epoch - 1
    return {
        "epochs": state.epoch,
        "training_minutes": round(sum(state.curves["seconds"]) / 60, 1),
        "training_cpu_minutes": round(sum(state.curves["cpu_seconds"]) / 60, 1),
        "best_epoch": {name: round(values[best], 4) for name, values in state.curves.items()},
        "training": config.to_dict(),
        "versions": library_versions(),
    }


def _strategy() -> tf.distribute.Strategy:
    """Every GPU of this machine where there are several; one GPU, or none, needs nothing."""
    several = len(tf.config.list_logical_devices("GPU")) > 1
    return tf.distribute.MirroredStrategy() if several else tf.distribute.get_strategy()


def _expand(patterns: list[str]) -> list[str]:
    files = sorted(path for pattern in patterns for path in tf.io.gfile.glob(pattern))
    if not files:
        raise UsageError(f"there are no transformed examples under {', '.join(patterns)}; the split is empty.")
    return files

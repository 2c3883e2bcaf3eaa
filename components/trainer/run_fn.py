"""TFX's `run_fn`: trains the configured network on the transformed examples and exports it."""

import keras
import tensorflow as tf
import tensorflow_transform as tft
from tfx import v1 as tfx

from components.errors import UsageError
from components.trainer.export import export_model
from components.trainer.history import History
from components.trainer.input import make_dataset
from components.trainer.labels import read_labels
from components.trainer.networks import build_network
from components.trainer.training_config import TrainingConfig

_CLEAN_SAMPLE_SIZE = 2_000


def run_fn(fn_args: tfx.components.FnArgs) -> None:
    """Trains, keeps the weights with the best validation loss, and exports.

    Args:
        fn_args: from TFX's Trainer; `custom_config["training"]` is a `TrainingConfig` as a dict. The SavedModel goes
            to `serving_model_dir`, `history.json` to `model_run_dir`.

    Raises:
        UsageError: the training configuration cannot be used.
    """
    config = TrainingConfig(**fn_args.custom_config["training"])
    labels = read_labels(tft.TFTransformOutput(fn_args.transform_output))
    keras.utils.set_random_seed(config.seed)
    network = build_network(config.network, len(labels), config.image_size)
    history = fit(network, config, labels, _expand(fn_args.train_files), _expand(fn_args.eval_files))
    history.write(fn_args.model_run_dir)
    export_model(network, labels, config.image_style, config.image_size, fn_args.serving_model_dir)


def fit(
    network: keras.Model, config: TrainingConfig, labels: list[str], train_files: list[str], eval_files: list[str]
) -> History:
    """Trains `network` in place, with early stopping on the validation loss.

    Args:
        network: an uncompiled network; afterwards it holds the best weights.
        config: how to train.
        labels: the words in the order of the class ids.
        train_files: gzipped TFRecords of transformed examples to learn from.
        eval_files: gzipped TFRecords of transformed examples to choose the best epoch on.

    Returns:
        The curves.
    """
    train = make_dataset(train_files, labels, config.batch_size, config.image_size, shuffle_seed=config.seed)
    evaluation = make_dataset(eval_files, labels, config.batch_size, config.image_size)
    clean_batches = max(1, _CLEAN_SAMPLE_SIZE // config.batch_size)
    clean_sample = make_dataset(train_files, labels, config.batch_size, config.image_size).take(clean_batches)
    network.compile(
        optimizer=keras.optimizers.get(
            {"class_name": config.optimizer, "config": {"learning_rate": config.learning_rate}}
        ),
        # The same number as the notebook's categorical cross-entropy, without the one-hot matrix.
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    history = History(clean_sample, config.epochs)
    stopping = keras.callbacks.EarlyStopping(patience=config.patience, restore_best_weights=True)
    network.fit(train, validation_data=evaluation, epochs=config.epochs, callbacks=[history, stopping], verbose=0)
    return history


def _expand(patterns: list[str]) -> list[str]:
    files = sorted(path for pattern in patterns for path in tf.io.gfile.glob(pattern))
    if not files:
        raise UsageError(f"there are no transformed examples under {', '.join(patterns)}; the split is empty.")
    return files

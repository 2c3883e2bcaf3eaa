"""Transformed examples -> batches of model inputs, streamed with tf.data."""

import dataclasses
import functools
from collections.abc import Sequence

import numpy as np
import tensorflow as tf
from tfx.dsl.io import fileio

from components.errors import UsageError
from components.trainer.label_table import LabelTable
from components.trainer.model_input.augmentation import augment
from components.trainer.model_input.form import ModelInput, images_to_model_input, place, points_to_model_input
from components.trainer.training_config import TrainingConfig
from components.transform.features import IMAGE, PACKED_STROKES, WORD
from components.transform.packed_image import unpack
from components.transform.packed_strokes import unpack_strokes

# Shards are mixed already; this mixes what comes from them at about the same time.
_SHUFFLE_BUFFER = 20_000
_FILES_AT_ONCE = 16
CACHE_LIMIT = 64 * 2**20
_CLEAN_SAMPLE_SIZE = 2_000
_COUNTING_BATCH = 1_000


@dataclasses.dataclass(frozen=True)
class TrainingData:
    """What a training reads.

    Attributes:
        train: shuffled, varied batches, differently in each epoch.
        evaluation: batches of the evaluation split.
        clean_sample: the first drawings of the train split, not varied.
        epoch: int64 scalar; whoever trains sets it before each epoch, and it alone decides about the shuffling and
            the variation.
        examples: drawings of the train split.
        eval_examples: drawings of the evaluation split.
        word_counts: int64 `[C]`, drawings of each word in the train split, in the order of the class ids; together a
            few more than `examples` where several devices share them.
    """

    train: tf.data.Dataset
    evaluation: tf.data.Dataset
    clean_sample: tf.data.Dataset
    epoch: tf.Variable
    examples: int
    eval_examples: int
    word_counts: np.ndarray


def make_training_data(
    train_files: Sequence[str],
    eval_files: Sequence[str],
    labels: Sequence[str],
    config: TrainingConfig,
    replicas: int = 1,
    cache_limit: int = CACHE_LIMIT,
) -> TrainingData:
    """Opens both splits; memory holds a shuffle buffer, or the packed drawings where these are few.

    Args:
        train_files: gzipped TFRecords of transformed `tf.Example`s to learn from.
        eval_files: the same, to choose the best epoch on.
        labels: the words in the order of the class ids.
        config: batch size, seed, image and augmentation.
        replicas: devices that share each batch. Every one must get a drawing, or its batch norms had nothing to take a
            mean of; so each split is cut to a multiple of them, and batches grow to one.
        cache_limit: bytes of unpacked examples up to which a split is kept in memory.

    Returns:
        The data; batches are (what the network takes, float32 one-hot `[N, C]`).

    Raises:
        UsageError: a split has no drawing, or fewer than there are devices.
    """
    # On the CPU, where tf.data reads it.
    with tf.device("CPU:0"):
        epoch = tf.Variable(0, dtype=tf.int64, trainable=False, name="epoch")
    is_cached = _unpacked_bytes(train_files) <= cache_limit
    train_records = _read(train_files, is_cached)
    eval_records = _read(eval_files, _unpacked_bytes(eval_files) <= cache_limit)
    table = LabelTable(labels)
    train_counts, eval_counts = (_count_words(records, table, len(labels)) for records in (train_records, eval_records))
    examples = _shareable("train", int(train_counts.sum()), replicas)
    eval_examples = _shareable("eval", int(eval_counts.sum()), replicas)
    shuffled = _shuffled(train_records if is_cached else sorted(train_files), config.seed, epoch)
    sample = min(examples, _CLEAN_SAMPLE_SIZE - _CLEAN_SAMPLE_SIZE % replicas)
    batch_size = -(-config.batch_size // replicas) * replicas
    batches = functools.partial(_batches, labels=labels, config=config, batch_size=batch_size)
    return TrainingData(
        train=batches(shuffled, examples, epoch=epoch),
        evaluation=batches(eval_records, eval_examples),
        clean_sample=batches(train_records, sample),
        epoch=epoch,
        examples=examples,
        eval_examples=eval_examples,
        word_counts=train_counts[:-1],
    )


def _unpacked_bytes(files: Sequence[str]) -> int:
    total = 0
    for path in files:
        with fileio.open(path, "rb") as file:
            # The last four bytes of a gzip file are its unpacked length (RFC 1952).
            file.seek(-4, 2)
            total += int.from_bytes(file.read(4), "little")
    return total


def _read(files: Sequence[str], is_cached: bool) -> tf.data.Dataset:
    """Serialized examples in the order of the files; if cached, from the second pass on from memory."""
    records = _interleave(tf.data.Dataset.from_tensor_slices(sorted(files)))
    return records.cache() if is_cached else records


def _interleave(files: tf.data.Dataset) -> tf.data.Dataset:
    return files.interleave(
        lambda path: tf.data.TFRecordDataset(path, compression_type="GZIP"),
        cycle_length=_FILES_AT_ONCE,
        num_parallel_calls=tf.data.AUTOTUNE,
        deterministic=True,
    )


def _shuffled(source: tf.data.Dataset | Sequence[str], seed: int, epoch: tf.Variable) -> tf.data.Dataset:
    """Serialized examples in an order that the seed and the epoch define, whatever was read before.

    The source is what is in memory, or the files, whose order is shuffled too.
    """

    def shuffle(_: tf.Tensor) -> tf.data.Dataset:
        epoch_seed = seed + epoch.read_value()
        if isinstance(source, tf.data.Dataset):
            return source.shuffle(_SHUFFLE_BUFFER, epoch_seed)
        files = tf.data.Dataset.from_tensor_slices(source).shuffle(len(source), epoch_seed)
        return _interleave(files).shuffle(_SHUFFLE_BUFFER, epoch_seed)

    # The seed of a shuffle is fixed when the dataset is made, so each epoch has to make its own.
    return tf.data.Dataset.range(1).flat_map(shuffle)


def _batches(
    records: tf.data.Dataset,
    examples: int,
    labels: Sequence[str],
    config: TrainingConfig,
    batch_size: int,
    epoch: tf.Variable | None = None,
) -> tf.data.Dataset:
    """Batches of model inputs and one-hot labels; with `epoch`, varied as the configuration says."""
    table = LabelTable(labels)
    drawn = config.transformed_feature
    spec = {name: tf.io.FixedLenFeature([], tf.string) for name in (drawn, WORD)}

    def parse(number: tf.Tensor, serialized: tf.Tensor) -> tuple[ModelInput, tf.Tensor]:
        features = tf.io.parse_example(serialized, spec)
        one_hot = tf.one_hot(table(features[WORD]), len(labels))
        if drawn == IMAGE:
            return images_to_model_input(unpack(features[IMAGE], config.image_size), config.inverted), one_hot
        points = place(unpack_strokes(features[PACKED_STROKES]), config)
        if config.augmentation is not None and epoch is not None:
            # Every batch of every epoch has its own numbers, and the same ones when the epoch is repeated.
            stream = tf.random.fold_in(tf.constant([config.seed, 0]), epoch.read_value())
            points = augment(points, tf.random.fold_in(stream, number), config.augmentation)
        return points_to_model_input(points, config), one_hot

    batches = records.take(examples).batch(batch_size).enumerate().map(parse, num_parallel_calls=tf.data.AUTOTUNE)
    # Keras takes the end of a dataset of unknown length for an accident.
    sized = batches.apply(tf.data.experimental.assert_cardinality(-(-examples // batch_size)))
    return sized.prefetch(tf.data.AUTOTUNE)


def _count_words(records: tf.data.Dataset, table: LabelTable, classes: int) -> np.ndarray:
    """Drawings of each word, int64 `[C + 1]`; the last number is of words that are no labels."""
    spec = {WORD: tf.io.FixedLenFeature([], tf.string)}
    size = classes + 1

    def add(total: tf.Tensor, serialized: tf.Tensor) -> tf.Tensor:
        # -1 becomes the last.
        ids = tf.cast(table(tf.io.parse_example(serialized, spec)[WORD]), tf.int32) % size
        return total + tf.math.bincount(ids, minlength=size, maxlength=size, dtype=tf.int64)

    return records.batch(_COUNTING_BATCH).reduce(tf.zeros([size], tf.int64), add).numpy()


def _shareable(split: str, count: int, replicas: int) -> int:
    """Drawings of a split, without those that cannot be shared out."""
    if count < replicas:
        raise UsageError(
            f"the split {split} has {count} drawings for {replicas} devices; give more of them, with a larger "
            "--per-word or more files."
        )
    return count - count % replicas

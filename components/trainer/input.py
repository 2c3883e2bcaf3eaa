"""Transformed examples -> batches of model inputs, streamed with tf.data."""

import dataclasses
from collections.abc import Sequence

import tensorflow as tf
from tfx.dsl.io import fileio

from components.trainer.label_table import LabelTable
from components.trainer.model_input.augmentation import augment
from components.trainer.model_input.form import form_model_input, place, to_model_input
from components.trainer.training_config import TrainingConfig
from components.transform.features import IMAGE, PACKED_STROKES, WORD
from components.transform.packed_image import unpack
from components.transform.packed_strokes import unpack_strokes

# Rows of neighbouring words lie together in small data sets, and a batch should see all of them.
_SHUFFLE_BUFFER = 20_000
_FILES_AT_ONCE = 16
_CACHE_LIMIT = 256 * 2**20
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
    """

    train: tf.data.Dataset
    evaluation: tf.data.Dataset
    clean_sample: tf.data.Dataset
    epoch: tf.Variable
    examples: int


def make_training_data(
    train_files: Sequence[str], eval_files: Sequence[str], labels: Sequence[str], config: TrainingConfig
) -> TrainingData:
    """Opens both splits; memory holds a shuffle buffer, or the packed drawings where these are few.

    Args:
        train_files: gzipped TFRecords of transformed `tf.Example`s to learn from.
        eval_files: the same, to choose the best epoch on.
        labels: the words in the order of the class ids.
        config: batch size, seed, image and augmentation.

    Returns:
        The data; batches are (what the network takes, float32 one-hot `[N, C]`).
    """
    epoch = tf.Variable(0, dtype=tf.int64, trainable=False, name="epoch")
    train_records, eval_records = _read(train_files), _read(eval_files)
    examples = _count(train_records)
    train = _batches(_shuffled(train_files, train_records, config.seed, epoch), labels, config, epoch)
    sample = min(examples, _CLEAN_SAMPLE_SIZE)
    return TrainingData(
        train=_of_size(train, examples, config),
        evaluation=_of_size(_batches(eval_records, labels, config), _count(eval_records), config),
        clean_sample=_of_size(_batches(train_records.take(sample), labels, config).cache(), sample, config),
        epoch=epoch,
        examples=examples,
    )


def _read(files: Sequence[str]) -> tf.data.Dataset:
    """Serialized examples in the order of the files; from the second time on out of memory where they are few."""
    records = _interleave(tf.data.Dataset.from_tensor_slices(sorted(files)))
    return records.cache() if _are_few(files) else records


def _interleave(files: tf.data.Dataset) -> tf.data.Dataset:
    return files.interleave(
        lambda path: tf.data.TFRecordDataset(path, compression_type="GZIP"),
        cycle_length=_FILES_AT_ONCE,
        num_parallel_calls=tf.data.AUTOTUNE,
        deterministic=True,
    )


def _are_few(files: Sequence[str]) -> bool:
    total = 0
    for path in files:
        with fileio.open(path, "rb") as file:
            # The last four bytes of a gzip file are its unpacked length (RFC 1952).
            file.seek(-4, 2)
            total += int.from_bytes(file.read(4), "little")
    return total <= _CACHE_LIMIT


def _shuffled(files: Sequence[str], records: tf.data.Dataset, seed: int, epoch: tf.Variable) -> tf.data.Dataset:
    """Serialized examples in an order that the seed and the epoch define, whatever was read before."""
    in_memory = _are_few(files)

    def shuffle(_: tf.Tensor) -> tf.data.Dataset:
        epoch_seed = seed + epoch.read_value()
        if in_memory:
            return records.shuffle(_SHUFFLE_BUFFER, epoch_seed)
        paths = tf.data.Dataset.from_tensor_slices(sorted(files)).shuffle(len(files), epoch_seed)
        return _interleave(paths).shuffle(_SHUFFLE_BUFFER, epoch_seed)

    # The seed of a shuffle is fixed when the dataset is made, so each epoch has to make its own.
    return tf.data.Dataset.range(1).flat_map(shuffle)


def _batches(
    records: tf.data.Dataset, labels: Sequence[str], config: TrainingConfig, epoch: tf.Variable | None = None
) -> tf.data.Dataset:
    """Batches of model inputs and one-hot labels; with `epoch`, varied as the configuration says."""
    table = LabelTable(labels)
    drawn = config.transformed_feature
    spec = {name: tf.io.FixedLenFeature([], tf.string) for name in (drawn, WORD)}

    def parse(number: tf.Tensor, serialized: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        features = tf.io.parse_example(serialized, spec)
        one_hot = tf.one_hot(table(features[WORD]), len(labels))
        if drawn == IMAGE:
            return to_model_input(unpack(features[IMAGE], config.image_size), config.inverted), one_hot
        points = place(unpack_strokes(features[PACKED_STROKES]), config)
        if config.augmentation is not None and epoch is not None:
            # Every batch of every epoch has its own numbers, and the same ones when the epoch is repeated.
            stream = tf.random.fold_in(tf.constant([config.seed, 0]), epoch.read_value())
            points = augment(points, tf.random.fold_in(stream, number), config.augmentation)
        return form_model_input(points, config), one_hot

    batches = records.batch(config.batch_size).enumerate()
    return batches.map(parse, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)


def _of_size(batches: tf.data.Dataset, examples: int, config: TrainingConfig) -> tf.data.Dataset:
    """Tells how many batches there are: Keras takes the end of a dataset of unknown length for an accident."""
    return batches.apply(tf.data.experimental.assert_cardinality(-(-examples // config.batch_size)))


def _count(records: tf.data.Dataset) -> int:
    batches = records.batch(_COUNTING_BATCH)
    return int(batches.reduce(tf.constant(0, tf.int64), lambda total, batch: total + tf.size(batch, tf.int64)))

import pathlib

import pytest
import tensorflow as tf

from components.trainer.input import make_dataset
from components.transform.packed_image import pack
from tests.components.doodles import write_records


def transformed_example(grey: int, word: str) -> bytes:
    packed = pack(tf.fill([1, 32, 32], tf.cast(grey, tf.uint8))).numpy()
    features = {"image": packed, "word": [word.encode()]}
    values = {name: tf.train.Feature(bytes_list=tf.train.BytesList(value=value)) for name, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=values)).SerializeToString()


@pytest.fixture
def files(tmp_path: pathlib.Path) -> list[str]:
    """Two shards: greys 0, 51, 102 are lines; 153, 204 are squares."""
    write_records(tmp_path / "a.gz", [transformed_example(grey, "line") for grey in (0, 51, 102)])
    write_records(tmp_path / "b.gz", [transformed_example(grey, "square") for grey in (153, 204)])
    return [str(tmp_path / "a.gz"), str(tmp_path / "b.gz")]


def test_streams_every_example_once_with_its_label(files: list[str]) -> None:
    batches = list(make_dataset(files, ["line", "square"], batch_size=2, image_size=32))
    assert [len(labels) for _, labels in batches] == [2, 2, 1]
    pairs = {
        (round(float(image.max()), 1), int(label))
        for x, y in batches
        for image, label in zip(x.numpy(), y, strict=True)
    }
    assert pairs == {(0.0, 0), (0.2, 0), (0.4, 0), (0.6, 1), (0.8, 1)}


def test_shuffles_reproducibly_and_anew_each_epoch(files: list[str]) -> None:
    def epochs() -> list[list[float]]:
        dataset = make_dataset(files, ["line", "square"], batch_size=5, image_size=32, shuffle_seed=1)
        return [[float(image.max()) for images, _ in dataset for image in images.numpy()] for _ in range(4)]

    first, second = epochs(), epochs()
    assert first == second
    assert len({tuple(epoch) for epoch in first}) > 1

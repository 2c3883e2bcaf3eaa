import gzip
import pathlib
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from components.errors import UsageError
from components.trainer import input as module
from components.trainer.input import TrainingData, make_training_data
from components.trainer.training_config import Augmentation, TrainingConfig
from components.transform.rasterizer import rasterize
from tests.components.doodles import write_records
from tests.components.trainer.transformed import transformed_example

LABELS = ["line", "square"]
LINES = [f"[[[0,255],[{y},{y}]]]" for y in (20, 60, 100, 140)]
SQUARES = [f"[[[0,{side},{side},0,0],[0,0,{side},{side},0]]]" for side in (100, 180, 240)]
IMAGES = TrainingConfig(batch_size=3, image_style="notebook")
STROKES = TrainingConfig(batch_size=3, image_style="antialiased", augmentation=Augmentation(rotation=20))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two shards: four lines, three squares."""
    folder = tmp_path_factory.mktemp("transformed")
    write_records(folder / "a.gz", [transformed_example(drawing, "line") for drawing in LINES])
    write_records(folder / "b.gz", [transformed_example(drawing, "square") for drawing in SQUARES])
    return [str(folder / "a.gz"), str(folder / "b.gz")]


def rows(batches: tf.data.Dataset) -> list[tuple[bytes, tuple[float, ...]]]:
    """(image in 0..255, one-hot label) of every example."""
    return [
        ((image * 255).round().astype(np.uint8).tobytes(), tuple(label))
        for images, labels in batches.as_numpy_iterator()
        for image, label in zip(images, labels.tolist(), strict=True)
    ]


def epochs(data: TrainingData, numbers: list[int]) -> list[list[Any]]:
    """What a training sees in the epochs of these numbers."""
    seen = []
    for number in numbers:
        data.epoch.assign(number)
        seen.append(rows(data.train))
    return seen


def expected_rows(style: str) -> list[tuple[bytes, tuple[float, ...]]]:
    images = rasterize(tf.constant([*LINES, *SQUARES]), style).numpy()
    labels = [(1.0, 0.0)] * len(LINES) + [(0.0, 1.0)] * len(SQUARES)
    return [(image.tobytes(), label) for image, label in zip(images, labels, strict=True)]


@pytest.mark.parametrize("config", [IMAGES, STROKES], ids=["images", "strokes"])
def test_evaluation_is_every_example_once_as_it_was_drawn(config: TrainingConfig, files: list[str]) -> None:
    data = make_training_data(files, files, LABELS, config)

    assert sorted(rows(data.evaluation)) == sorted(expected_rows(config.image_style))
    assert sorted(rows(data.clean_sample)) == sorted(expected_rows(config.image_style))
    assert [len(labels) for _, labels in data.evaluation] == [3, 3, 1]
    assert (data.examples, len(data.train), len(data.evaluation), len(data.clean_sample)) == (7, 3, 3, 3)


@pytest.mark.parametrize("cache_limit", [2**28, 0], ids=["in memory", "streamed"])
def test_each_epoch_has_every_example_in_an_order_of_its_own(cache_limit: int, files: list[str]) -> None:
    first = epochs(make_training_data(files, files, LABELS, IMAGES, cache_limit=cache_limit), [0, 1, 2, 3])

    assert all(sorted(epoch) == sorted(expected_rows("notebook")) for epoch in first)
    assert len({tuple(epoch) for epoch in first}) == 4


@pytest.mark.parametrize("cache_limit", [2**28, 0], ids=["in memory", "streamed"])
@pytest.mark.parametrize("config", [IMAGES, STROKES], ids=["images", "strokes"])
def test_an_epoch_depends_on_its_number_alone(config: TrainingConfig, cache_limit: int, files: list[str]) -> None:
    def opened() -> TrainingData:
        return make_training_data(files, files, LABELS, config, cache_limit=cache_limit)

    undisturbed = epochs(opened(), [0, 1, 2])

    assert epochs(opened(), [2]) == undisturbed[2:]
    assert epochs(opened(), [1, 1]) == [undisturbed[1], undisturbed[1]]


def test_strokes_are_varied_anew_in_each_epoch(files: list[str]) -> None:
    data = make_training_data(files, files, LABELS, STROKES)
    drawn = {image for image, _ in expected_rows("antialiased")}

    first, second = ({image for image, _ in epoch} for epoch in epochs(data, [0, 1]))

    assert len(first) == len(second) == 7
    assert not (first & second) | (first & drawn)


def test_another_seed_is_another_order(files: list[str]) -> None:
    orders = {
        tuple(epochs(make_training_data(files, files, LABELS, TrainingConfig(batch_size=3, seed=seed)), [0])[0])
        for seed in (1, 5, 9)
    }
    assert len(orders) > 1


def test_the_clean_sample_is_cut(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CLEAN_SAMPLE_SIZE", 5)
    data = make_training_data(files, files, LABELS, IMAGES)

    sample = rows(data.clean_sample)
    assert len(sample) == len(set(sample)) == 5
    assert set(sample) <= set(expected_rows("notebook"))
    assert rows(data.clean_sample) == sample


def test_every_device_gets_as_many_drawings_as_the_others(files: list[str]) -> None:
    data = make_training_data(files, files, LABELS, IMAGES, replicas=2)

    # Seven drawings in batches of three become six in batches of four.
    assert (data.examples, data.eval_examples) == (6, 6)
    for split in (data.train, data.evaluation, data.clean_sample):
        assert [len(labels) for _, labels in split] == [4, 2]


@pytest.mark.parametrize("cache_limit", [2**28, 0], ids=["in memory", "streamed"])
def test_counts_the_drawings_of_each_word_to_learn_from(cache_limit: int, files: list[str]) -> None:
    data = make_training_data(files, files[:1], LABELS, IMAGES, cache_limit=cache_limit)
    assert data.word_counts.tolist() == [4, 3]


def test_a_drawing_whose_word_is_no_label_counts_for_no_word(files: list[str]) -> None:
    data = make_training_data(files, files, ["moon", "square"], IMAGES)
    assert data.word_counts.tolist() == [0, 3]
    assert (data.examples, data.eval_examples) == (7, 7)


def test_an_empty_split_is_told(files: list[str], tmp_path: pathlib.Path) -> None:
    (tmp_path / "none.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(UsageError, match="the split eval has 0 drawings for 1 devices; give more of them"):
        make_training_data(files, [str(tmp_path / "none.gz")], LABELS, IMAGES)

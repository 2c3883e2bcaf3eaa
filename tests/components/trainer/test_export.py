import dataclasses
import pathlib
import subprocess
import sys

import keras
import numpy as np
import pytest
import tensorflow as tf

from components.trainer.export import export_model, read_exported_labels
from components.trainer.input import make_training_data
from components.trainer.networks.build import build_network
from components.trainer.training_config import TrainingConfig
from components.transform.packed_image import unpack
from components.transform.rasterizer import rasterize
from tests.components.doodles import LABELS, LINE, SQUARE, example, write_records
from tests.components.trainer.transformed import transformed_example


@pytest.fixture(scope="module")
def signatures(saved_model: pathlib.Path) -> dict:
    return tf.saved_model.load(str(saved_model)).signatures


def test_serving_default_answers_as_the_design_says(signatures: dict) -> None:
    answer = signatures["serving_default"](drawing=tf.constant([LINE, SQUARE]))
    assert {name: (value.dtype, value.shape) for name, value in answer.items()} == {
        "words": (tf.string, (2, 3)),
        "scores": (tf.float32, (2, 3)),
        "probabilities": (tf.float32, (2, 3)),
    }
    for words, scores, probabilities in zip(
        answer["words"].numpy(), answer["scores"].numpy(), answer["probabilities"].numpy(), strict=True
    ):
        assert [LABELS[i].encode() for i in np.argsort(-probabilities)] == words.tolist()
        np.testing.assert_array_equal(scores, np.sort(probabilities)[::-1])


def test_a_malformed_drawing_is_told_apart_and_costs_the_others_nothing(signatures: dict) -> None:
    alone = signatures["serving_default"](drawing=tf.constant([LINE]))
    mixed = signatures["serving_default"](drawing=tf.constant(["[[[0,1],[0]]]", LINE, ""]))
    np.testing.assert_allclose(mixed["probabilities"][1], alone["probabilities"][0], rtol=1e-5)
    for row in (0, 2):
        assert mixed["words"][row].numpy().tolist() == [b"", b"", b""]
        assert mixed["scores"][row].numpy().tolist() == [0.0, 0.0, 0.0]
        assert mixed["probabilities"][row].numpy().tolist() == [0.0, 0.0, 0.0]


def test_no_drawings_no_answers(signatures: dict) -> None:
    answer = signatures["serving_default"](drawing=tf.constant([], tf.string))
    assert answer["words"].shape == (0, 3)


def test_classify_answers_serialized_examples(signatures: dict) -> None:
    direct = signatures["serving_default"](drawing=tf.constant([SQUARE]))
    answer = signatures["classify"](inputs=tf.constant([example(SQUARE, "square")]))
    assert sorted(answer) == ["classes", "scores"]
    assert answer["classes"].numpy().tolist() == direct["words"].numpy().tolist()
    np.testing.assert_array_equal(answer["scores"], direct["scores"])


def test_transform_labels_gives_class_ids(signatures: dict) -> None:
    examples = tf.constant([example(LINE, "square"), example(LINE, "sun")])
    assert signatures["transform_labels"](examples=examples)["label"].numpy().tolist() == [2, -1]


def test_transform_features_gives_the_image_the_model_sees(signatures: dict) -> None:
    packed = signatures["transform_features"](examples=tf.constant([example(SQUARE, "square"), example("?", "line")]))
    images = unpack(packed["image"], 32).numpy()
    np.testing.assert_array_equal(images[0], rasterize(tf.constant([SQUARE]))[0])
    assert (images[1] == 255).all()


def test_labels_lie_beside_the_model(saved_model: pathlib.Path) -> None:
    assert read_exported_labels(str(saved_model)) == LABELS


def test_loads_in_a_process_without_this_project(saved_model: pathlib.Path, tmp_path: pathlib.Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.symlink_to(saved_model)
    script = (
        "import sys, tensorflow as tf\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in str(f)]\n"
        f"model = tf.saved_model.load({str(moved)!r})\n"
        f"print(model.signatures['serving_default'](drawing=tf.constant([{LINE!r}]))['words'].shape)\n"
        "assert not any(name.split('.')[0] in ('components', 'pipeline') for name in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "(1, 3)", done.stderr


# Among the drawings one of a single point, one whose points are all one, and a text that is none.
TEXTS = [LINE, SQUARE, "[[[3],[4]]]", "[[[3,3],[3,3]]]", "no drawing", "[[[10,90,40],[200,20,130]],[[0,60],[0,9]]]"]
SEEN_AND_READ = TrainingConfig(
    network="small_sketch",
    image_style="antialiased",
    image_size=32,
    inverted=True,
    centred=True,
    time_slices=3,
    sequence_length=4,
)


@pytest.fixture(scope="module")
def sketch_network() -> keras.Model:
    keras.utils.set_random_seed(1)
    return build_network(SEEN_AND_READ, len(LABELS))


def served(network: keras.Model, config: TrainingConfig, folder: pathlib.Path) -> dict:
    export_model(network, LABELS, config, str(folder))
    return tf.saved_model.load(str(folder)).signatures


def as_trained(network: keras.Model, texts: list[str], folder: pathlib.Path) -> np.ndarray:
    """The network's answers to what Transform and the Trainer's input make of drawings."""
    write_records(folder / "data.gz", [transformed_example(text, "line") for text in texts])
    data = make_training_data([str(folder / "data.gz")], [str(folder / "data.gz")], LABELS, SEEN_AND_READ)
    return np.concatenate([network(seen, training=False) for seen, _ in data.evaluation])


def test_what_is_served_is_what_was_trained(sketch_network: keras.Model, tmp_path: pathlib.Path) -> None:
    answer = served(sketch_network, SEEN_AND_READ, tmp_path / "model")["serving_default"](drawing=tf.constant(TEXTS))
    drawn = [row for row, text in enumerate(TEXTS) if text != "no drawing"]
    expected = as_trained(sketch_network, [TEXTS[row] for row in drawn], tmp_path)
    np.testing.assert_allclose(answer["probabilities"].numpy()[drawn], expected, rtol=1e-4)
    assert answer["probabilities"].numpy()[TEXTS.index("no drawing")].tolist() == [0.0, 0.0, 0.0]
    assert len(np.unique(expected.round(4), axis=0)) > 3


def test_a_flip_at_test_time_is_the_mean_with_the_mirror_image(
    sketch_network: keras.Model, tmp_path: pathlib.Path
) -> None:
    text, mirrored = "[[[10,90,40],[200,20,130]]]", "[[[245,165,215],[200,20,130]]]"
    config = dataclasses.replace(SEEN_AND_READ, test_time_flip=True)
    answer = served(sketch_network, config, tmp_path / "model")["serving_default"](drawing=tf.constant([text]))
    both = as_trained(sketch_network, [text, mirrored], tmp_path)
    np.testing.assert_allclose(answer["probabilities"].numpy()[0], both.mean(axis=0), rtol=1e-4)
    assert np.abs(both[0] - both[1]).max() > 1e-3


def test_transform_features_gives_what_transform_stored_for_a_network_that_draws(
    sketch_network: keras.Model, tmp_path: pathlib.Path
) -> None:
    signatures = served(sketch_network, SEEN_AND_READ, tmp_path / "model")
    stored = signatures["transform_features"](examples=tf.constant([example(LINE, "line")]))
    assert {name: value.numpy().tolist() for name, value in stored.items()} == {
        "packed_strokes": [b"\x00\x00\x01\xff\x00\x00"]
    }

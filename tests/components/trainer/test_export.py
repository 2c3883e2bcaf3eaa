import pathlib
import subprocess
import sys

import numpy as np
import pytest
import tensorflow as tf

from components.trainer.export import read_exported_labels
from components.transform.packed_image import unpack
from components.transform.rasterizer import rasterize
from tests.components.doodles import LABELS, LINE, SQUARE, example


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

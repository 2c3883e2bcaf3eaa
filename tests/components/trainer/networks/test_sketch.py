import pathlib

import keras
import numpy as np

from components.trainer.networks.sketch import sketch


def small() -> keras.Model:
    return sketch(4, 32, 3, 12, widths=(8, 16), sequence_widths=(8, 10), dropout=0.0)


def inputs() -> dict[str, np.ndarray]:
    random = np.random.default_rng(1)
    return {
        "image": random.random((2, 32, 32, 3), dtype=np.float32),
        "sequence": random.random((2, 12, 8), dtype=np.float32),
    }


def test_both_views_decide() -> None:
    network, seen = small(), inputs()
    answer = np.array(network(seen))
    np.testing.assert_allclose(answer.sum(axis=1), [1.0, 1.0], rtol=1e-5)
    for view in seen:
        assert not np.allclose(network({**seen, view: seen[view][::-1]}), answer)


def test_the_last_layer_sees_the_image_once_and_the_sequence_twice() -> None:
    # Mean over the image, mean and maximum over the points.
    assert small().layers[-1].input.shape == (None, 16 + 2 * 10)


def test_serializes_without_code_of_ours(tmp_path: pathlib.Path) -> None:
    network, seen = small(), inputs()
    network.save(tmp_path / "it.keras")
    np.testing.assert_array_equal(keras.saving.load_model(tmp_path / "it.keras")(seen), network(seen))

import keras
import numpy as np
import pytest

from components.errors import UsageError
from components.trainer.networks import build_network

NOTEBOOK_SUMMARY = [
    ("Conv2D", (None, 30, 30, 32), 320),
    ("MaxPooling2D", (None, 15, 15, 32), 0),
    ("Activation", (None, 15, 15, 32), 0),
    ("Dropout", (None, 15, 15, 32), 0),
    ("Conv2D", (None, 13, 13, 64), 18_496),
    ("MaxPooling2D", (None, 6, 6, 64), 0),
    ("Activation", (None, 6, 6, 64), 0),
    ("Dropout", (None, 6, 6, 64), 0),
    ("Conv2D", (None, 4, 4, 64), 36_928),
    ("Flatten", (None, 1024), 0),
    ("Dense", (None, 64), 65_600),
    ("Dropout", (None, 64), 0),
    ("Dense", (None, 10), 650),
]


def test_keras_is_keras_3_whatever_was_imported_before() -> None:
    import tensorflow_transform  # noqa: F401 - sets TF_USE_LEGACY_KERAS

    assert keras.__version__.startswith("3.")
    assert type(build_network("notebook", 10, 32)).__module__.startswith("keras.")


def test_notebook_is_the_seed_layer_for_layer() -> None:
    network = build_network("notebook", 10, 32)
    assert [(type(x).__name__, x.output.shape, x.count_params()) for x in network.layers] == NOTEBOOK_SUMMARY
    assert network.count_params() == 121_994
    assert [x.rate for x in network.layers if isinstance(x, keras.layers.Dropout)] == [0.2, 0.2, 0.5]


def test_answers_probabilities() -> None:
    answer = build_network("notebook", 4, 32)(np.zeros((2, 32, 32, 1), np.float32))
    np.testing.assert_allclose(np.sum(answer, axis=1), [1.0, 1.0], rtol=1e-5)


def test_unknown_network_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="there is no network 'vgg'; the networks are: notebook"):
        build_network("vgg", 10, 32)

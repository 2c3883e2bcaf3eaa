import keras
import numpy as np
import pytest

from components.trainer.networks.notebook import notebook

SUMMARY = [
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


def test_is_the_seed_layer_for_layer() -> None:
    network = notebook(10, 32)
    assert [(type(x).__name__, x.output.shape, x.count_params()) for x in network.layers] == SUMMARY
    assert network.count_params() == 121_994
    assert [x.rate for x in network.layers if isinstance(x, keras.layers.Dropout)] == [0.2, 0.2, 0.5]


def test_activations_are_the_seeds() -> None:
    activations = [x.activation.__name__ for x in notebook(10, 32).layers if hasattr(x, "activation")]
    assert activations == ["relu", "relu", "relu", "relu", "relu", "relu", "softmax"]


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16"])
def test_answers_probabilities(dtype: str) -> None:
    answer = notebook(4, 32, dtype)(np.zeros((2, 32, 32, 1), np.float32))
    assert answer.dtype == "float32"
    np.testing.assert_allclose(np.sum(answer, axis=1), [1.0, 1.0], rtol=1e-5)


def test_mixed_precision_computes_in_bfloat16_and_keeps_float32_weights() -> None:
    network = notebook(4, 32, dtype="mixed_bfloat16")
    assert [x.compute_dtype for x in network.layers] == ["bfloat16"] * 12 + ["float32"]
    assert {x.dtype for x in network.trainable_variables} == {"float32"}

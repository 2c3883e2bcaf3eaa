import keras
import numpy as np

from components.trainer.networks.residual import residual


def test_stages_halve_the_image_and_have_a_shortcut_each() -> None:
    network = residual(5, 32, 3, widths=(8, 16, 24), dropout=0.1)
    assert [x.output.shape[1:] for x in network.layers if isinstance(x, keras.layers.Conv2D)] == [
        (16, 16, 8),
        (8, 8, 16),
        (8, 8, 16),
        (4, 4, 24),
        (4, 4, 24),
    ]
    assert sum(isinstance(x, keras.layers.Add) for x in network.layers) == 2
    # Kernels 9 x (3x8 + 8x16 + 16x16 + 16x24 + 24x24), four numbers a channel of each batch norm, 24x5 + 5 at the end.
    assert network.count_params() == 9 * (24 + 128 + 256 + 384 + 576) + 4 * (8 + 16 + 16 + 24 + 24) + 125


def test_answers_probabilities_in_float32() -> None:
    network = residual(4, 32, 1, widths=(8, 16), dropout=0.0, dtype="mixed_bfloat16")
    answer = network(np.zeros((2, 32, 32, 1), np.float32))
    assert answer.dtype == "float32"
    np.testing.assert_allclose(np.sum(answer, axis=1), [1.0, 1.0], rtol=1e-5)

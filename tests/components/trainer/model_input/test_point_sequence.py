import numpy as np
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from components.trainer.model_input.point_sequence import point_sequence
from components.transform.drawing_parser import parse


def test_the_features_of_each_point() -> None:
    sequence = point_sequence(parse(tf.constant(["[[[0,64],[128,128]],[[64],[192]]]"])), length=4)
    # dx, dy, x, y, begins, ends, there, share
    expected = [
        [0, 0, -127.5 / 64, 0.5 / 64, 1, 0, 1, 0],
        [1, 0, -63.5 / 64, 0.5 / 64, 0, 1, 1, 1 / 3],
        [0, 1, -63.5 / 64, 64.5 / 64, 1, 1, 1, 2 / 3],
        [0, 0, 0, 0, 0, 0, 0, 0],
    ]
    np.testing.assert_allclose(sequence[0], expected, rtol=1e-6)


def test_the_step_to_the_next_drawing_is_none() -> None:
    sequence = point_sequence(parse(tf.constant(["[[[0],[0]]]", "bad", "[[[200],[200]]]"])), length=2)
    assert sequence[:, 0, :2].numpy().tolist() == [[0, 0], [0, 0], [0, 0]]
    assert sequence[:, :, 6].numpy().tolist() == [[1, 0], [0, 0], [1, 0]]


@given(size=st.integers(1, 40), length=st.integers(1, 20))
def test_of_a_long_drawing_evenly_chosen_points_stay(size: int, length: int) -> None:
    text = f"[[{list(range(size))},{[0] * size}]]"
    sequence = point_sequence(parse(tf.constant([text])), length).numpy()[0]
    there = int(sequence[:, 6].sum())
    assert there == min(size, length)
    chosen = np.round(sequence[:there, 2] * 64 + 127.5).astype(int)
    assert chosen[0] == 0
    assert (np.diff(chosen) >= 1).all()
    assert np.diff(np.append(chosen, size)).max() <= -(-size // length)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.evaluator.mean_average_precision import average_precision
from components.evaluator.scores import MEASURES, score


def test_each_measure_of_three_answers() -> None:
    probabilities = np.array([[0.7, 0.2, 0.1, 0.0], [0.7, 0.2, 0.1, 0.0], [0.7, 0.2, 0.1, 0.0]], np.float32)
    scores = score(np.array([0, 2, 3]), probabilities)
    assert MEASURES == ("accuracy", "top_3_accuracy", "map_at_3", "loss")
    np.testing.assert_allclose(
        scores.measures,
        [
            [1, 1, 1, -np.log(0.7)],
            [0, 1, 1 / 3, -np.log(0.1)],
            # A probability of 0 counts as Keras' 1e-7.
            [0, 0, 0, -np.log(1e-7)],
        ],
        rtol=1e-6,
    )
    assert scores.predicted.tolist() == [0, 0, 0]
    np.testing.assert_allclose(scores.confidence, [0.7] * 3, rtol=1e-6)
    np.testing.assert_allclose(scores.of_truth, [0.7, 0.1, 0.0], rtol=1e-6)


def test_a_word_that_the_model_does_not_know_is_never_right() -> None:
    scores = score(np.array([-1]), np.array([[0.5, 0.5]], np.float32))
    assert scores.measures.tolist() == [[0.0, 0.0, 0.0, pytest.approx(-np.log(1e-7))]]
    assert scores.of_truth.tolist() == [0.0]


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=6),
    st.integers(0, 5),
)
def test_map_at_3_is_that_of_the_metric_that_tfma_runs(votes: list[int], label: int) -> None:
    label = label if label < len(votes) else -1
    probabilities = np.array([votes], np.float64)
    measured = score(np.array([label]), probabilities).measures[0]
    assert measured[MEASURES.index("map_at_3")] == average_precision(label, probabilities[0])
    assert measured[MEASURES.index("accuracy")] == (label == int(probabilities[0].argmax()))

import numpy as np
import pytest

from benchmarks.scores import score

# The true word comes first, second, and not among the first three.
PROBABILITIES = np.array([[0.7, 0.1, 0.1, 0.1], [0.6, 0.4, 0.0, 0.0], [0.4, 0.3, 0.2, 0.1]])


def test_top_1_and_map_at_3() -> None:
    accuracy, map_at_3 = score(PROBABILITIES, np.array([0, 1, 3]))
    assert accuracy.mean == pytest.approx(1 / 3)
    assert map_at_3.mean == pytest.approx((1 + 1 / 2 + 0) / 3)


def test_a_word_that_the_model_does_not_know_is_a_wrong_answer() -> None:
    assert score(PROBABILITIES, np.array([-1, -1, -1]))[1].mean == 0


def test_two_words_have_no_third_rank() -> None:
    assert score(np.array([[0.4, 0.6]]), np.array([0]))[1].mean == 0.5


def test_the_interval_is_that_of_a_proportion() -> None:
    # 100 answers, half of them right: the standard error is 0.05, 95 % lie within about two of them.
    accuracy, _ = score(np.tile([[0.9, 0.1]], (100, 1)), np.arange(100) % 2)
    assert accuracy.mean == 0.5
    assert accuracy.low == pytest.approx(0.4, abs=0.02)
    assert accuracy.high == pytest.approx(0.6, abs=0.02)
    assert str(accuracy).startswith("0.500 (0.")


def test_sure_is_sure() -> None:
    assert score(np.array([[1.0, 0.0]] * 5), np.zeros(5, int))[0] == (1.0, 1.0, 1.0)

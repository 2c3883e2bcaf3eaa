import numpy as np
import pytest

from components.evaluator.calibration import calibration_error, count_gap_products, count_gaps, difference_sums
from components.evaluator.estimates import compare
from components.evaluator.scores import Scores, score
from components.evaluator.totals import PairedScores, total_by_slice

PROBABILITIES = np.array([[0.9, 0.1], [0.6, 0.4], [0.3, 0.7], [0.5, 0.5]])
TRUTH = np.array([0, 1, 1, 0])


def bins_of(scores: Scores) -> np.ndarray:
    return count_gaps(np.zeros(len(scores.confidence), np.int64), 1, scores)[0]


def test_confidence_falls_into_bins_of_the_same_width() -> None:
    bins = bins_of(score(TRUTH, PROBABILITIES))
    assert {number: row[0] for number, row in enumerate(bins) if row[0]} == {7: 1.0, 9: 1.0, 10: 1.0, 13: 1.0}
    drawings, confidence, right, gaps = bins[9]
    assert (drawings, confidence, right, round(gaps, 12)) == (1.0, 0.6, 0.0, 0.36)


def test_a_confidence_of_one_is_in_the_last_bin() -> None:
    scores = Scores(np.ones((1, 4)), np.array([0]), np.array([1.0]), np.array([1.0]))
    assert bins_of(scores)[-1].tolist() == [1.0, 1.0, 1.0, 0.0]


def test_the_error_is_the_weighted_gap() -> None:
    # Four answers of 0.9, half of them right: a gap of 0.4. One of 0.6, right: a gap of 0.4 too.
    probabilities = np.array([[0.9, 0.1]] * 4 + [[0.6, 0.4]])
    assert calibration_error(bins_of(score(np.array([0, 0, 1, 1, 0]), probabilities))) == pytest.approx(0.4)


def test_products_lie_at_the_bins_of_both() -> None:
    # Sure of 0.9 and right, a gap of -0.1; the other sure of 0.6 and wrong, a gap of 0.6.
    candidate, baseline = score(np.array([0]), np.array([[0.9, 0.1]])), score(np.array([0]), np.array([[0.4, 0.6]]))
    (products,) = count_gap_products(np.zeros(1, np.int64), 1, candidate, baseline)
    assert np.argwhere(products).tolist() == [[13, 9]]
    assert products[13, 9] == pytest.approx(-0.06)


def test_the_sums_are_those_of_signed_gaps() -> None:
    # Over-confident by 0.9 and 0.9, and by 0.6 and -0.4, of which the bin's sum is above 0: all signs are plus.
    candidate = score(np.array([1, 1]), np.array([[0.9, 0.1], [0.9, 0.1]]))
    baseline = score(np.array([1, 0]), np.array([[0.6, 0.4], [0.6, 0.4]]))
    (products,) = count_gap_products(np.zeros(2, np.int64), 1, candidate, baseline)
    total, squares = difference_sums(bins_of(candidate), bins_of(baseline), products)
    assert total == pytest.approx((0.9 - 0.6) + (0.9 + 0.4))
    assert squares == pytest.approx(0.3**2 + 1.3**2)


def test_the_interval_of_a_difference_is_that_of_the_bootstrap() -> None:
    random = np.random.default_rng(5)
    count = 3_000
    truth = random.integers(0, 4, count)
    # Both see the same hint, so that their answers go together; the candidate is far too sure of itself.
    hint = random.normal(0.0, 1.0, (count, 4)) + 1.5 * np.eye(4)[truth]
    answers = [softmax(sharpness * (hint + random.normal(0.0, 0.3, (count, 4)))) for sharpness in (4.0, 2.0)]
    candidate, baseline = (score(truth, probabilities) for probabilities in answers)
    comparison = total_by_slice({}, candidate, PairedScores(np.ones(count, bool), candidate, baseline))[()].comparison
    assert comparison is not None
    measured = compare(comparison)["ece"]
    draws = random.integers(0, count, size=(1_000, count))
    differences = [
        calibration_error(bins_of(drawn(candidate, rows))) - calibration_error(bins_of(drawn(baseline, rows)))
        for rows in draws
    ]
    low, high = np.quantile(differences, [0.025, 0.975])
    assert (measured.low, measured.high) == pytest.approx((low, high), abs=0.1 * (high - low))
    assert measured.value > 0.05
    assert measured.p_worse < 1e-6


def softmax(logits: np.ndarray) -> np.ndarray:
    exponentials = np.exp(logits)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def drawn(scores: Scores, rows: np.ndarray) -> Scores:
    return Scores(*(column[rows] for column in scores))

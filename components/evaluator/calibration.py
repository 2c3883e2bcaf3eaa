"""How far a model's confidence and its being right lie apart: sums over drawings, by bins of confidence.

A drawing's gap is its confidence less 1 where the answer is right, less 0 where it is not.
"""

import numpy as np

from components.evaluator.scores import MEASURES, Scores

BINS = 15


def count_gaps(codes: np.ndarray, groups: int, scores: Scores) -> np.ndarray:
    """Adds up N drawings by bins of confidence of the same width.

    Args:
        codes: int64 `[N]`, the group of each drawing.
        groups: how many there are.
        scores: of the drawings.

    Returns:
        float64 `[groups, 15, 4]`, a row for each bin: drawings, sum of the confidences, right answers, sum of the
        squared gaps.
    """
    cells = codes * BINS + _bins(scores)
    columns = (None, scores.confidence, _right(scores), _gaps(scores) ** 2)
    counted = [np.bincount(cells, weights=column, minlength=groups * BINS) for column in columns]
    return np.stack(counted, axis=1).astype(np.float64).reshape(groups, BINS, len(columns))


def count_gap_products(codes: np.ndarray, groups: int, candidate: Scores, baseline: Scores) -> np.ndarray:
    """Adds up how the gaps of two models on the same N drawings go together.

    Args:
        codes: int64 `[N]`, the group of each drawing.
        groups: how many there are.
        candidate: one model's scores.
        baseline: the other's.

    Returns:
        float64 `[groups, 15, 15]`: the sum of the products of the two gaps, a row for each bin of the candidate's and
        a column for each of the baseline's.
    """
    cells = (codes * BINS + _bins(candidate)) * BINS + _bins(baseline)
    products = np.bincount(cells, weights=_gaps(candidate) * _gaps(baseline), minlength=groups * BINS**2)
    return products.astype(np.float64).reshape(groups, BINS, BINS)


def calibration_error(bins: np.ndarray) -> float:
    """The expected calibration error: |confidence - accuracy| of the bins, weighted by their drawings.

    Guo et al. 2017, "On Calibration of Modern Neural Networks", equation 3.

    Args:
        bins: of `count_gaps`, one group's with at least one drawing.

    Returns:
        A number in 0..1.
    """
    counts, confidences, right, _ = bins.T
    return float(np.abs(confidences - right).sum() / counts.sum())


def difference_sums(candidate: np.ndarray, baseline: np.ndarray, products: np.ndarray) -> tuple[float, float]:
    """The difference of two calibration errors as a sum over drawings, which has a variance.

    A calibration error is the mean of the drawings' gaps, each with the sign of the sum of its bin; so the difference
    of two is the mean of the differences of such signed gaps, drawing by drawing.

    Args:
        candidate: of `count_gaps`, one group's.
        baseline: the same of the other model.
        products: of `count_gap_products`, of the same drawings.

    Returns:
        The sum of the differences, and that of their squares.
    """
    signs = np.sign(_sums(candidate)), np.sign(_sums(baseline))
    total = signs[0] @ _sums(candidate) - signs[1] @ _sums(baseline)
    squares = signs[0] ** 2 @ candidate[:, 3] + signs[1] ** 2 @ baseline[:, 3] - 2 * (signs[0] @ products @ signs[1])
    return float(total), float(squares)


def _sums(bins: np.ndarray) -> np.ndarray:
    return bins[:, 1] - bins[:, 2]


def _bins(scores: Scores) -> np.ndarray:
    # A confidence of exactly 1 belongs to the last bin.
    return np.minimum((scores.confidence * BINS).astype(np.int64), BINS - 1)


def _gaps(scores: Scores) -> np.ndarray:
    return scores.confidence - _right(scores)


def _right(scores: Scores) -> np.ndarray:
    return scores.measures[:, MEASURES.index("accuracy")]

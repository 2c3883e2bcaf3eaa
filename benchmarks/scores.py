"""Top-1 accuracy and MAP@3 of many answers, and how sure they are."""

from typing import NamedTuple

import numpy as np

_RESAMPLES = 2_000
# Of the score that an answer gets by the rank of the true word: Kaggle's mean average precision at 3.
_WORTH = np.array([1.0, 1 / 2, 1 / 3])


class Score(NamedTuple):
    """A mean over drawings, and the middle 95 % of the means of resampled drawings."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """As a table's cell."""
        return f"{self.mean:.3f} ({self.low:.3f} to {self.high:.3f})"


def score(probabilities: np.ndarray, classes: np.ndarray) -> tuple[Score, Score]:
    """Scores answers.

    Args:
        probabilities: `[N, C]`.
        classes: int `[N]`, the true words.

    Returns:
        Top-1 accuracy and MAP@3, each with its percentile bootstrap interval (Efron 1979).
    """
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, : len(_WORTH)]
    hits = best == classes[:, np.newaxis]
    return _bootstrap(hits[:, 0].astype(float)), _bootstrap(hits @ _WORTH[: hits.shape[1]])


def _bootstrap(values: np.ndarray) -> Score:
    random = np.random.default_rng(1)
    means = [random.choice(values, len(values)).mean() for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return Score(float(values.mean()), float(low), float(high))

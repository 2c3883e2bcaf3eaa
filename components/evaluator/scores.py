"""What each answer of a model is worth, drawing by drawing."""

from typing import NamedTuple

import numpy as np

# The measures of one drawing whose mean over drawings is a metric, in this order wherever they stand in columns.
MEASURES = ("accuracy", "top_3_accuracy", "map_at_3", "loss")
_TOP = 3
# As Keras does, so that a probability of 0 costs much but not everything.
_LEAST_PROBABILITY = 1e-7


class Scores(NamedTuple):
    """The scores of N answers.

    Attributes:
        measures: float64 `[N, 4]`, in the order of `MEASURES`.
        predicted: int64 `[N]`, the class with the highest probability; the lower id among equals.
        confidence: float64 `[N]`, that probability.
        of_truth: float64 `[N]`, the probability of the true class, 0 where the model does not know it.
    """

    measures: np.ndarray
    predicted: np.ndarray
    confidence: np.ndarray
    of_truth: np.ndarray


def score(truth: np.ndarray, probabilities: np.ndarray) -> Scores:
    """Scores answers.

    Accuracy is 1 where the true word is the first answer, top-3 accuracy where it is among the first three; MAP@3 is 1,
    1/2 or 1/3 there (Kaggle's measure, see `components.evaluator.mean_average_precision`); the loss is the categorical
    cross-entropy, the negative logarithm of the true word's probability, in nats.

    Args:
        truth: int64 `[N]`, the true classes; -1 for one that the model does not know, which is never right.
        probabilities: float `[N, C]`.
    """
    rows = np.arange(len(truth))
    known = truth >= 0
    column = np.maximum(truth, 0)
    of_truth = np.where(known, probabilities[rows, column], 0.0).astype(np.float64)
    true_column = probabilities[rows, column][:, np.newaxis]
    before_it = np.arange(probabilities.shape[1]) < column[:, np.newaxis]
    better = (probabilities > true_column) | ((probabilities == true_column) & before_it)
    rank = np.where(known, 1 + better.sum(axis=1), np.inf)
    measures = np.stack(
        [
            rank == 1,
            rank <= _TOP,
            np.where(rank <= _TOP, 1.0 / rank, 0.0),
            -np.log(np.maximum(of_truth, _LEAST_PROBABILITY)),
        ],
        axis=1,
    ).astype(np.float64)
    predicted = probabilities.argmax(axis=1)
    return Scores(measures, predicted, probabilities[rows, predicted].astype(np.float64), of_truth)

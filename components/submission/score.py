"""What a submission is worth: Kaggle's MAP@3 and top-1 accuracy, and how sure that is."""

import pathlib
from typing import NamedTuple

import numpy as np

from components.example_gen.data_file import DataFile
from components.submission.file_rows import iter_rows
from components.submission.labels import Labels

# Of an answer by the rank of the true word: average precision at 3, whose mean is MAP@3 (see
# `components.evaluator.mean_average_precision`); the last is for a word that is not among the three.
_PRECISION = np.array([1.0, 1 / 2, 1 / 3, 0.0])
_IS_FIRST = np.array([1.0, 0.0, 0.0, 0.0])
_RESAMPLES = 10_000
_INTERVAL = (0.025, 0.975)


class Interval(NamedTuple):
    """A mean over drawings, and the middle 95 % of the means of resampled drawings."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """As a line prints it."""
        return f"{self.mean:.4f} ({self.low:.4f} to {self.high:.4f})"


class Score(NamedTuple):
    """The score of a submission."""

    map_at_3: Interval
    accuracy: Interval


def score(submission: pathlib.Path, labels: Labels) -> Score:
    """Scores a submission.

    Args:
        submission: in Kaggle's format; its keys are those of the labels.
        labels: of `read_labels`.

    Returns:
        MAP@3 and top-1 accuracy, each with its percentile bootstrap interval of 95 % (Efron 1979).
    """
    counts = count_ranks(submission, labels)
    return Score(_bootstrap(counts, _PRECISION), _bootstrap(counts, _IS_FIRST))


def count_ranks(submission: pathlib.Path, labels: Labels) -> np.ndarray:
    """Counts the answers whose first, second, third or no word is the true one, int64 `[4]`."""
    file = DataFile(str(submission), "", "csv", submission.stat().st_size, ("key_id", "word"))
    names = [name.encode() for name in labels.names]
    counts = np.zeros(len(_PRECISION), np.int64)
    for rows in iter_rows(file):
        positions = labels.find(rows.column("key_id").combine_chunks())
        truths = labels.words[positions].tolist()
        for answer, truth in zip(rows.column("word").to_pylist(), truths, strict=True):
            words = answer.split(b" ")
            counts[words.index(names[truth]) if names[truth] in words else -1] += 1
    return counts


def _bootstrap(counts: np.ndarray, worths: np.ndarray) -> Interval:
    """Resamples drawings: how many of each worth a resample has is multinomial, whatever their number."""
    total = counts.sum()
    # The same draws for the same counts: a submission scored twice is equal.
    draws = np.random.default_rng(1).multinomial(total, counts / total, size=_RESAMPLES)
    low, high = np.quantile(draws @ worths / total, _INTERVAL)
    return Interval(float(counts @ worths / total), float(low), float(high))

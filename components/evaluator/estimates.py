"""Sums -> metrics, each with the interval that chance leaves it, and differences with their significance.

All intervals are of 95 %.
"""

import dataclasses
import math
from collections.abc import Sequence

import numpy as np
from scipy import stats

from components.evaluator.calibration import calibration_error, difference_sums
from components.evaluator.metric_names import LOWER_IS_BETTER
from components.evaluator.scores import MEASURES
from components.evaluator.totals import Comparison, Moments, Totals

ECE = "ece"
METRICS = (*MEASURES, ECE)
_SHARES = ("accuracy", "top_3_accuracy")
_LEVEL = 0.95
_DRAWS = 2_000


@dataclasses.dataclass(frozen=True)
class Estimate:
    """A metric.

    Attributes:
        value: as measured.
        low: lower end of the interval; None where too few drawings leave it open.
        high: upper end.
    """

    value: float
    low: float | None
    high: float | None


@dataclasses.dataclass(frozen=True)
class Difference(Estimate):
    """A metric of the candidate less the baseline's, on the same drawings.

    Attributes:
        baseline: the baseline's value.
        p_worse: the probability of a difference at least as bad if there were none in truth.
    """

    baseline: float
    p_worse: float


def estimate(totals: Totals) -> dict[str, Estimate]:
    """Estimates every metric of `METRICS`.

    Accuracies get Wilson's score interval, which holds for few drawings and near 0 and 1 too. The interval of MAP@3 and
    of the loss is Student's. The expected calibration error (Guo et al. 2017, "On Calibration of Modern Neural
    Networks") is the mean over bins of confidence of |confidence - accuracy|, weighted by drawings, in fifteen bins of
    the same width; for its interval the gap of each bin is drawn anew from its normal distribution.

    Args:
        totals: of at least one drawing.
    """
    return {**_means(totals.moments), ECE: _calibration_error(totals.calibration)}


def compare(comparison: Comparison) -> dict[str, Difference]:
    """Estimates the difference of every metric of `METRICS`, from pairs of answers to the same drawing.

    Pairs leave out how hard the drawings are, which two numbers on their own carry along. For accuracies the
    significance is McNemar's exact test: of the drawings that only one of the two got right, no more should be the
    baseline's than half. For the others it is Student's test of the mean difference.

    Args:
        comparison: of at least one drawing.
    """
    baseline = comparison.baseline.sums / comparison.baseline.count
    of_baseline = [*baseline.tolist(), calibration_error(comparison.baseline_calibration)]
    difference = _with_calibration(comparison)
    differences = _means_by_student(difference, METRICS)
    return {
        name: Difference(
            **dataclasses.asdict(differences[name]),
            baseline=of_baseline[column],
            p_worse=_p_worse(name, difference, column),
        )
        for column, name in enumerate(METRICS)
    }


def _with_calibration(comparison: Comparison) -> Moments:
    """The moments of the differences, with the calibration error's as the last column."""
    total, squares = difference_sums(
        comparison.candidate_calibration, comparison.baseline_calibration, comparison.gap_products
    )
    measures = comparison.difference
    return Moments(measures.count, np.append(measures.sums, total), np.append(measures.squares, squares))


def _means(moments: Moments) -> dict[str, Estimate]:
    means = _means_by_student(moments, MEASURES)
    for name in _SHARES:
        right, count = round(float(moments.sums[MEASURES.index(name)])), round(float(moments.count))
        means[name] = Estimate(right / count, *_wilson(right, count))
    means["map_at_3"] = _within(0.0, 1.0, means["map_at_3"])
    means["loss"] = _within(0.0, np.inf, means["loss"])
    return means


def _means_by_student(moments: Moments, names: Sequence[str]) -> dict[str, Estimate]:
    count = float(moments.count)
    means = moments.sums / count
    if count < 2:
        return {name: Estimate(float(mean), None, None) for name, mean in zip(names, means, strict=True)}
    reach = stats.t.ppf((1 + _LEVEL) / 2, count - 1) * _standard_errors(moments)
    return {
        name: Estimate(float(mean), float(mean - by), float(mean + by))
        for name, mean, by in zip(names, means, reach, strict=True)
    }


def _wilson(right: int, count: int) -> tuple[float, float]:
    """Wilson's score interval (1927), as `scipy.stats.binomtest` has it, which computes a test besides each time."""
    z = float(stats.norm.ppf((1 + _LEVEL) / 2))
    share, weight = right / count, 1 + z**2 / count
    middle = (share + z**2 / (2 * count)) / weight
    reach = z / weight * math.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    # At 0 and 1 rounding would leave the value just outside.
    return min(middle - reach, share), max(middle + reach, share)


def _within(least: float, most: float, estimate: Estimate) -> Estimate:
    """No interval reaches beyond what the metric can be."""
    if estimate.low is None or estimate.high is None:
        return estimate
    return dataclasses.replace(estimate, low=max(estimate.low, least), high=min(estimate.high, most))


def _standard_errors(moments: Moments) -> np.ndarray:
    count = moments.count
    # Rounding may leave a variance of zero a little below it.
    variances = np.maximum(moments.squares - moments.sums**2 / count, 0.0) / (count - 1)
    return np.sqrt(variances / count)


def _p_worse(name: str, difference: Moments, column: int) -> float:
    total, squares, count = float(difference.sums[column]), float(difference.squares[column]), float(difference.count)
    if name in _SHARES:
        # A difference is 1, 0 or -1: the squares count the drawings that only one got right.
        lost, discordant = round((squares - total) / 2), round(squares)
        return float(stats.binomtest(lost, discordant, alternative="greater").pvalue) if discordant else 1.0
    worse_by = total / count if name in LOWER_IS_BETTER else -total / count
    if count < 2:
        return 1.0
    error = float(_standard_errors(difference)[column])
    if error == 0.0:
        return 0.0 if worse_by > 0 else 1.0
    return float(stats.t.sf(worse_by / error, count - 1))


def _calibration_error(bins: np.ndarray) -> Estimate:
    counts, confidences, right, squared_gaps = bins.T
    gaps = confidences - right
    value = calibration_error(bins)
    variances = np.maximum(squared_gaps - gaps**2 / np.maximum(counts, 1), 0.0)
    # The same draws for the same numbers: an evaluation done twice is equal.
    draws = np.random.default_rng(0).normal(gaps, np.sqrt(variances), size=(_DRAWS, len(gaps)))
    low, high = np.quantile(np.abs(draws).sum(axis=1) / counts.sum(), [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    # Noise makes absolute gaps larger, in the draws once more than in the value; mirrored, the interval allows for it.
    return Estimate(value, float(max(2 * value - high, 0.0)), float(max(2 * value - low, 0.0)))

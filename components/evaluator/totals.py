"""Sums over drawings from which every metric follows. They add up, so that any number of workers can count."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from components.evaluator.calibration import count_gap_products, count_gaps
from components.evaluator.scores import Scores
from components.evaluator.slices import OVERALL, SliceKey


@dataclasses.dataclass
class Moments:
    """How many drawings, and the sums of some values of theirs and of their squares.

    Attributes:
        count: float64 `[]`.
        sums: float64 `[4]`, in the order of `MEASURES`.
        squares: float64 `[4]`.
    """

    count: np.ndarray
    sums: np.ndarray
    squares: np.ndarray

    def __add__(self, other: "Moments") -> "Moments":
        return Moments(self.count + other.count, self.sums + other.sums, self.squares + other.squares)


@dataclasses.dataclass
class Comparison:
    """Two models on the drawings whose words both know, each choosing among those words only.

    Attributes:
        baseline: of the baseline's measures.
        difference: of the candidate's measure less the baseline's, drawing by drawing.
        candidate_calibration: see `components.evaluator.calibration.count_gaps`.
        baseline_calibration: the same of the baseline.
        gap_products: see `components.evaluator.calibration.count_gap_products`.
    """

    baseline: Moments
    difference: Moments
    candidate_calibration: np.ndarray
    baseline_calibration: np.ndarray
    gap_products: np.ndarray

    def __add__(self, other: "Comparison") -> "Comparison":
        return Comparison(
            self.baseline + other.baseline,
            self.difference + other.difference,
            self.candidate_calibration + other.candidate_calibration,
            self.baseline_calibration + other.baseline_calibration,
            self.gap_products + other.gap_products,
        )


@dataclasses.dataclass
class Totals:
    """The sums of one slice.

    Attributes:
        moments: of the candidate's measures on every drawing.
        calibration: float64 `[15, 4]`, see `components.evaluator.calibration.count_gaps`.
        comparison: with the baseline; None without.
    """

    moments: Moments
    calibration: np.ndarray
    comparison: Comparison | None

    def __add__(self, other: "Totals") -> "Totals":
        # Every part of an evaluation has a baseline, or none has.
        assert (self.comparison is None) == (other.comparison is None)
        comparison = None
        if self.comparison is not None and other.comparison is not None:
            comparison = self.comparison + other.comparison
        return Totals(self.moments + other.moments, self.calibration + other.calibration, comparison)


@dataclasses.dataclass(frozen=True)
class PairedScores:
    """The scores of both models on the drawings whose words both know.

    Attributes:
        shared: bool `[N]`, which of all drawings these are; M in number.
        candidate: the candidate's, of M answers.
        baseline: the baseline's.
    """

    shared: np.ndarray
    candidate: Scores
    baseline: Scores


def total_by_slice(
    slices: Mapping[str, np.ndarray], scores: Scores, paired: PairedScores | None
) -> dict[SliceKey, Totals]:
    """Adds up the scores of N drawings, over all of them and over each slice.

    Args:
        slices: of `components.evaluator.slices.slice_values`.
        scores: the candidate's.
        paired: both models'; None without a baseline.

    Returns:
        The totals by slice; `OVERALL` among them.
    """
    everywhere = np.zeros(len(scores.measures), np.int64)
    totals = {OVERALL: _grouped(everywhere, 1, scores, paired)[0]}
    for feature, values in slices.items():
        names, codes = np.unique(values, return_inverse=True)
        groups = _grouped(codes, len(names), scores, paired)
        totals |= {((feature, str(name)),): group for name, group in zip(names, groups, strict=True)}
    return totals


def _grouped(codes: np.ndarray, groups: int, scores: Scores, paired: PairedScores | None) -> list[Totals]:
    moments = _moments(codes, groups, scores.measures)
    calibration = count_gaps(codes, groups, scores)
    comparisons: Sequence[Comparison | None] = [None] * groups
    if paired is not None:
        comparisons = _comparisons(codes[paired.shared], groups, paired.candidate, paired.baseline)
    return [Totals(*of_group) for of_group in zip(moments, calibration, comparisons, strict=True)]


def _comparisons(codes: np.ndarray, groups: int, candidate: Scores, baseline: Scores) -> list[Comparison]:
    parts = (
        _moments(codes, groups, baseline.measures),
        _moments(codes, groups, candidate.measures - baseline.measures),
        count_gaps(codes, groups, candidate),
        count_gaps(codes, groups, baseline),
        count_gap_products(codes, groups, candidate, baseline),
    )
    return [Comparison(*of_group) for of_group in zip(*parts, strict=True)]


def _moments(codes: np.ndarray, groups: int, values: np.ndarray) -> list[Moments]:
    counts = np.bincount(codes, minlength=groups).astype(np.float64)
    sums, squares = (
        np.stack([np.bincount(codes, weights=column, minlength=groups) for column in columns.T], axis=1)
        for columns in (values, values**2)
    )
    return [Moments(*of_group) for of_group in zip(counts, sums, squares, strict=True)]

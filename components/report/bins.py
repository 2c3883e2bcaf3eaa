"""Bins for numbers with a long tail: nearly all drawings have few points, and a handful has ten times as many."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_MOST_BINS = 30
_SHOWN_SHARE = 0.99


@dataclass(frozen=True)
class Bins:
    """Neighbouring bins of the same width.

    Attributes:
        edges: Bin i holds the whole numbers above `edges[i]`, up to and including `edges[i + 1]`.
        has_tail: Whether one more bin holds all that lies above the last edge.
    """

    edges: Sequence[int]
    has_tail: bool


def long_tail_bins(at_most: Sequence[tuple[float, float]], largest: float) -> Bins:
    """Chooses at most thirty bins that hold about 99 % of the drawings, and leaves the rest to the tail.

    Args:
        at_most: as `feature_statistics.NumberStatistics` has it, of positive numbers; not empty.
        largest: the largest number that must fit into the bins or their tail.
    """
    total = at_most[-1][1]
    shown = next(value for value, count in at_most if count >= _SHOWN_SHARE * total)
    if shown == at_most[-1][0] and len(at_most) > 2:
        # A coarse histogram: of its last bucket nothing but the ends is known.
        shown = at_most[-2][0]
    step = next(s for power in range(9) for s in (10**power, 2 * 10**power, 5 * 10**power) if shown / s <= _MOST_BINS)
    fits = largest <= _MOST_BINS * step
    # The last bin before a tail ends within what is shown, so that nothing is guessed of the tail.
    end = math.ceil(largest / step) * step if fits else int(shown)
    return Bins(list(range(0, end + 1, step)), has_tail=not fits)


def bin_shares(at_most: Sequence[tuple[float, float]], bins: Bins) -> list[float]:
    """Returns the share of the drawings in each bin, the tail's last; they sum to 1.

    Between two values of `at_most` the drawings are taken to be spread evenly.
    """
    values, counts = zip(*at_most, strict=True)
    below = np.interp(bins.edges, values, counts)
    shares = np.diff([*below, counts[-1]] if bins.has_tail else below) / counts[-1]
    return shares.tolist()

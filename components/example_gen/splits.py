"""The splits: their names, their fractions, and which split a hash belongs to."""

import math
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType

import numpy as np

from components.errors import UsageError

SPLIT_NAMES = ("train", "eval", "test")
DEFAULT_SPLIT_FRACTIONS: Mapping[str, float] = MappingProxyType({"train": 0.8, "eval": 0.1, "test": 0.1})


def check_split_fractions(fractions: Mapping[str, float]) -> dict[str, float]:
    """Returns the fractions in the order of SPLIT_NAMES.

    Raises:
        UsageError: if a split is missing or unknown, has nothing, or the fractions do not sum to 1.
    """
    if set(fractions) != set(SPLIT_NAMES):
        raise UsageError(f"the split fractions must name {', '.join(SPLIT_NAMES)}, not {', '.join(fractions)}")
    if min(fractions.values()) <= 0 or not math.isclose(sum(fractions.values()), 1):
        raise UsageError(f"the split fractions must be positive and sum to 1, not {list(fractions.values())}")
    return {name: float(fractions[name]) for name in SPLIT_NAMES}


def assign_splits(hashes: np.ndarray, fractions: Mapping[str, float]) -> np.ndarray:
    """Returns the positions in SPLIT_NAMES of the splits of hashes.

    Args:
        hashes: uint64 [N], spread evenly over 0..2^64-1.
        fractions: split name -> fraction, as `check_split_fractions` returns them.

    Returns:
        int8 [N].
    """
    upper_ends = list(accumulate(fractions[name] for name in SPLIT_NAMES))[:-1]
    bounds = np.array([int(end * 2**64) for end in upper_ends], np.uint64)
    return np.searchsorted(bounds, hashes, side="right").astype(np.int8)

"""The slices that a model is judged on besides the whole: by word, country, number of strokes, number of points."""

from collections.abc import Mapping, Sequence

import numpy as np

# A feature of an example and its value, or () for all examples, as TFMA writes a slice.
SliceKey = tuple[tuple[str, str], ...]

OVERALL: SliceKey = ()
WORD = "word"
COUNTRY = "countrycode"
STROKES = "strokes"
POINTS = "points"
_UNKNOWN_COUNTRY = "unknown"
# The largest number of each range but the last. Half of the drawings have at most 5 strokes and 37 points.
_STROKES = (1, 2, 4, 8, 16)
_POINTS = (10, 20, 40, 80, 160)


def slice_values(batch: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Tells which slice of each kind every drawing belongs to.

    Args:
        batch: of `read_labelled_drawings`, as arrays.

    Returns:
        Name of the feature -> text `[N]`; ranges for numbers, such as "3 to 4".
    """
    countries = np.array([country.decode() or _UNKNOWN_COUNTRY for country in batch["countrycode"]])
    return {
        WORD: np.array([word.decode() for word in batch["word"]]),
        COUNTRY: countries,
        STROKES: _ranges(batch["strokes"], _STROKES),
        POINTS: _ranges(batch["points"], _POINTS),
    }


def range_names(kind: str) -> list[str]:
    """Names the ranges of `STROKES` or `POINTS`, the smallest first."""
    return _names({STROKES: _STROKES, POINTS: _POINTS}[kind])


def _ranges(values: np.ndarray, largest: Sequence[int]) -> np.ndarray:
    return np.array(_names(largest))[np.searchsorted(largest, values)]


def _names(largest: Sequence[int]) -> list[str]:
    smallest = [1, *(number + 1 for number in largest)]
    closed = [f"{low} to {high}" if low < high else str(low) for low, high in zip(smallest, largest, strict=False)]
    return [*closed, f"{smallest[-1]} or more"]

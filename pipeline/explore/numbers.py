"""The formulas behind the page's numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# The notebook's picture: 32 x 32 of float64.
IMAGE_SIDE = 32
_FLOAT64_BYTES = 8


@dataclass(frozen=True)
class Memory:
    """What the pictures of all kept drawings take, in bytes.

    Attributes:
        float64: as the notebook's arrays, 32 x 32 of float64.
        packed: as `components.transform.packed_image` packs them, a byte a pixel, before gzip.
        available: the memory of this machine.
    """

    float64: int
    packed: int
    available: int


@dataclass(frozen=True)
class Balance:
    """How unevenly the kept drawings are spread over the words.

    Attributes:
        fewest: drawings of the smallest word.
        median: of the words' counts.
        most: drawings of the largest word.
        fewest_word: the smallest word.
        most_word: the largest word.
        ratio: most / fewest; None if a word has none.
        gini: the Gini coefficient of the counts: 0 where all words have equally many, near 1 where one has all.
        blind_accuracy: what a model reaches that always answers the largest word.
        even_accuracy: what it would reach if all words had equally many.
    """

    fewest: int
    median: float
    most: int
    fewest_word: str
    most_word: str
    ratio: float | None
    gini: float
    blind_accuracy: float
    even_accuracy: float


@dataclass(frozen=True)
class Spread:
    """How a whole number is spread over the drawings, such as their points.

    Attributes:
        mean: of all drawings.
        median: the smallest number that at least half of the drawings do not exceed.
        percentile_95: the smallest that 95 % do not exceed.
        fewest: the smallest of all.
        most: the largest of all.
        counts: number -> drawings, in ascending order.
    """

    mean: float
    median: int
    percentile_95: int
    fewest: int
    most: int
    counts: Mapping[int, int]


def memory_of(drawings: int, available: int) -> Memory:
    """Multiplies: 8,192 bytes a drawing as float64, 1,024 packed."""
    pixels = drawings * IMAGE_SIDE**2
    return Memory(pixels * _FLOAT64_BYTES, pixels, available)


def balance_of(counts: Mapping[str, int]) -> Balance:
    """Measures how even the words are.

    Args:
        counts: word -> drawings, at least one word; where several are as small or large, the first one is named.
    """
    words, numbers = list(counts), np.array(list(counts.values()))
    smallest, largest = int(numbers.argmin()), int(numbers.argmax())
    fewest, most, total = int(numbers[smallest]), int(numbers[largest]), int(numbers.sum())
    return Balance(
        fewest=fewest,
        median=float(np.median(numbers)),
        most=most,
        fewest_word=words[smallest],
        most_word=words[largest],
        ratio=most / fewest if fewest else None,
        gini=gini(numbers.tolist()),
        blind_accuracy=most / total if total else 0.0,
        even_accuracy=1 / len(words),
    )


def gini(counts: Sequence[int]) -> float:
    """Returns the Gini coefficient, half the mean difference of any two counts, relative to their mean.

    With the counts sorted ascending as x_1 .. x_n it is (2 sum(i x_i) / sum(x_i) - n - 1) / n.
    """
    ordered = np.sort(np.asarray(counts, np.float64))
    total, n = ordered.sum(), len(ordered)
    return float((2 * (np.arange(1, n + 1) * ordered).sum() / total - n - 1) / n) if total else 0.0


def spread_of(counts: Mapping[int, int]) -> Spread | None:
    """Describes a distribution; None if nothing was counted."""
    if not counts:
        return None
    ordered = dict(sorted(counts.items()))
    numbers, drawings = np.array(list(ordered)), np.array(list(ordered.values()))
    at_most = np.cumsum(drawings)

    def percentile(share: float) -> int:
        return int(numbers[np.searchsorted(at_most, share * at_most[-1])])

    return Spread(
        mean=float((numbers * drawings).sum() / at_most[-1]),
        median=percentile(0.5),
        percentile_95=percentile(0.95),
        fewest=int(numbers[0]),
        most=int(numbers[-1]),
        counts=ordered,
    )

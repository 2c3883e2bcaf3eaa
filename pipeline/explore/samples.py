"""A few drawings of a population, chosen so that parts of it can be sampled apart and put together.

The sample is those drawings whose `key_id` has the smallest hashes. So it is the same whatever the order of the rows,
the cuts between the units and the number of workers, and it is as good as chance: a hash knows nothing of a drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa


class Sampled(NamedTuple):
    """One drawing of a sample; they sort by hash."""

    order: int
    word: str
    key_id: str
    country: str
    drawing: str


@dataclass
class Sample:
    """The `size` drawings of the smallest hashes so far, smallest first."""

    size: int
    drawings: list[Sampled] = field(default_factory=list)

    def merge(self, other: "Sample") -> None:
        """Takes over what another part of the population has to offer."""
        self.add(other.drawings)

    def promising(self, hashes: np.ndarray) -> np.ndarray:
        """Returns the positions of at most `size` of the hashes, uint64 [N], that may enter."""
        if len(self.drawings) == self.size:
            positions = np.flatnonzero(hashes < np.uint64(self.drawings[-1].order))
        else:
            positions = np.arange(len(hashes))
        if len(positions) > self.size:
            smallest = np.argpartition(hashes[positions], self.size - 1)[: self.size]
            positions = positions[smallest]
        return positions

    def add(self, drawings: Sequence[Sampled]) -> None:
        """Offers drawings."""
        # A row that is there twice is shown once.
        self.drawings = sorted({*self.drawings, *drawings})[: self.size]


def drawings_at(rows: pa.Table, hashes: np.ndarray, positions: np.ndarray, words: Sequence[str]) -> list[Sampled]:
    """Returns the drawings at some positions.

    Args:
        rows: with the binary columns `key_id`, `countrycode` and `drawing`.
        hashes: of all ids, uint64 [N].
        positions: M of them.
        words: the labels of the M.
    """
    taken = rows.select(["key_id", "countrycode", "drawing"]).take(pa.array(positions))
    cells = zip(hashes[positions].tolist(), words, *(column.to_pylist() for column in taken.columns), strict=True)
    return [Sampled(order, word, *(cell.decode() for cell in row)) for order, word, *row in cells]

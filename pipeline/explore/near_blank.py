"""Which drawings leave next to nothing on the picture that a model sees.

A drawing is near-blank if it has at most MOST_POINTS points and fewer than LEAST_INK of the picture's 1,024 pixels are
dark. The first condition is what makes looking at all of them affordable: few drawings have so few points.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from components.drawing import parse_drawing
from pipeline.explore.ink import count_ink
from pipeline.explore.tally import Tally

MOST_POINTS = 8
LEAST_INK = 8
_ROWS_AT_ONCE = 4_096


@dataclass
class NearBlankFinder:
    """Collects candidates until there are enough of them to be worth a look, and counts the near-blank ones."""

    tally: Tally
    _waiting: list[tuple[str, pa.Table, np.ndarray]] = field(default_factory=list)
    _rows: int = 0

    def add(self, rows: pa.Table, points: np.ndarray, hashes: np.ndarray, label: str) -> None:
        """Takes the good rows of a word, how many points they have, int64 [N], and the hashes of their ids."""
        few = np.flatnonzero(points <= MOST_POINTS)
        if not len(few):
            return
        self._waiting.append((label, rows.take(pa.array(few)), hashes[few]))
        self._rows += len(few)
        if self._rows >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Looks at all candidates that are waiting."""
        drawings = [
            parse_drawing(text.decode()) for _, rows, _ in self._waiting for text in rows.column("drawing").to_pylist()
        ]
        is_near_blank = count_ink(drawings) < LEAST_INK
        start = 0
        for label, rows, hashes in self._waiting:
            found = np.flatnonzero(is_near_blank[start : start + len(hashes)])
            start += len(hashes)
            if len(found):
                self.tally.words[label].near_blank += len(found)
                self.tally.near_blank.add_rows(rows.take(pa.array(found)), hashes[found], label)
        self._waiting, self._rows = [], 0

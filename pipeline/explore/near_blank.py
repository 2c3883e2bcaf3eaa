"""Which drawings leave next to nothing on the picture that a model sees.

A drawing is near-blank if it has at most MOST_POINTS points and fewer than LEAST_INK of the picture's 1,024 pixels are
dark. The first condition is what makes looking at all of them affordable: few drawings have so few points.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from components.drawing import parse_drawing
from pipeline.explore.ink import count_ink
from pipeline.explore.samples import Sampled
from pipeline.explore.tally import Tally

MOST_POINTS = 8
LEAST_INK = 8
_ROWS_AT_ONCE = 4_096


@dataclass
class NearBlankFinder:
    """Collects candidates until there are enough of them to be worth a look, and counts the near-blank ones."""

    tally: Tally
    _waiting: list[Sampled] = field(default_factory=list)

    def add(self, candidates: Sequence[Sampled]) -> None:
        """Takes good drawings of at most MOST_POINTS points."""
        self._waiting += candidates
        if len(self._waiting) >= _ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Looks at all candidates that are waiting."""
        ink = count_ink([parse_drawing(candidate.drawing) for candidate in self._waiting])
        found = [self._waiting[position] for position in np.flatnonzero(ink < LEAST_INK).tolist()]
        for drawing in found:
            self.tally.words[drawing.word].near_blank += 1
        self.tally.near_blank.add(found)
        self._waiting = []

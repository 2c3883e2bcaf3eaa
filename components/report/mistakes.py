"""What the model takes for what, each with the drawing on which it was most certain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from components.report.sketch import Sketch, sketch_of


@dataclass(frozen=True)
class Mistake:
    """The most confident drawing of one word that got one other answer."""

    actual: str
    predicted: str
    confidence: float
    sketch: Sketch


class Mistakes:
    """All of them; a place of the page names one by its number, so that each drawing is in the page once.

    Attributes:
        drawn: The mistakes in the order of their numbers.
    """

    def __init__(self, drawings: Iterable[Mapping[str, Any]]) -> None:
        """Draws them.

        Args:
            drawings: `mistakes` of `components.evaluator.evaluation`.
        """
        self.drawn = [
            Mistake(drawing["word"], drawing["predicted"], drawing["confidence"], sketch_of(drawing["drawing"]))
            for drawing in drawings
        ]
        self._numbers = {(m.actual, m.predicted): number for number, m in enumerate(self.drawn)}

    def number(self, actual: str, predicted: str) -> int | None:
        """Returns the number of the mistake of a pair; None where there is none, or it is too rare to be kept."""
        return self._numbers.get((actual, predicted))

    def to_json(self) -> list[tuple[str, str, str]]:
        """Returns caption, view box and path of each, for the page's script."""
        return [
            (f"This one was taken for {m.predicted}, {m.confidence:.0%} sure.", m.sketch.view_box, m.sketch.path)
            for m in self.drawn
        ]

"""The drawings worth looking at, as the page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.report.sketch import Sketch, sketch_of

_SHOWN = 12
_GROUPS = {
    "best": ("Known best", "Right answers with the highest confidence."),
    "worst": ("Missed worst", "The true word got the lowest probability."),
    "confidently_wrong": ("Most confidently wrong", "Wrong answers with the highest confidence."),
}


@dataclass(frozen=True)
class Card:
    """A drawing, its word, the model's answer, and the probabilities of both."""

    sketch: Sketch
    word: str
    predicted: str
    confidence: float
    of_truth: float


@dataclass(frozen=True)
class Group:
    """Drawings that are notable for the same reason, the most notable first."""

    title: str
    explanation: str
    cards: Sequence[Card]


def notable_groups(evaluation: Mapping[str, Any]) -> list[Group]:
    """Draws the first twelve of each kind.

    Args:
        evaluation: of `components.evaluator.evaluation`.
    """
    return [
        Group(title, explanation, [_card(drawing) for drawing in evaluation[kind][:_SHOWN]])
        for kind, (title, explanation) in _GROUPS.items()
    ]


def _card(drawing: Mapping[str, Any]) -> Card:
    return Card(
        sketch_of(drawing["drawing"]),
        drawing["word"],
        drawing["predicted"],
        drawing["confidence"],
        drawing["of_truth"],
    )

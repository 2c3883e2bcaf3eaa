"""Drawings worth looking at: what the model knows best, what it misses worst, and what it takes for what."""

import dataclasses
import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from components.evaluator.scores import MEASURES, Scores

_KEPT = 24


@dataclasses.dataclass(frozen=True, order=True)
class NotableDrawing:
    """A drawing and what the model answered.

    Attributes:
        rank: the higher, the more notable; among equals the larger `key_id` is kept, so that no order of work matters.
        key_id: of the drawing.
        word: what it shows.
        predicted: the model's first answer.
        confidence: the probability of that answer.
        of_truth: the probability of the true word.
        drawing: JSON text of the strokes.
    """

    rank: float
    key_id: str
    word: str
    predicted: str
    confidence: float
    of_truth: float
    drawing: str

    def to_json(self) -> dict[str, Any]:
        """Returns all but the rank as JSON values."""
        values = dataclasses.asdict(self)
        del values["rank"]
        return values


@dataclasses.dataclass
class NotableDrawings:
    """The most notable drawings, each list the most notable first.

    Attributes:
        best: right, with the highest confidence.
        worst: with the lowest probability of the true word.
        confidently_wrong: wrong, with the highest confidence.
        mistakes: for each (word, predicted) that differ, the one with the highest confidence.
    """

    best: list[NotableDrawing]
    worst: list[NotableDrawing]
    confidently_wrong: list[NotableDrawing]
    mistakes: dict[tuple[str, str], NotableDrawing]

    def __add__(self, other: "NotableDrawings") -> "NotableDrawings":
        mistakes = dict(self.mistakes)
        for pair, drawing in other.mistakes.items():
            mistakes[pair] = max(drawing, mistakes.get(pair, drawing))
        return NotableDrawings(
            _most(self.best + other.best),
            _most(self.worst + other.worst),
            _most(self.confidently_wrong + other.confidently_wrong),
            mistakes,
        )


def find_notable(batch: Mapping[str, np.ndarray], scores: Scores, labels: Sequence[str]) -> NotableDrawings:
    """Finds the notable ones among N drawings.

    Args:
        batch: of `read_labelled_drawings`, as arrays.
        scores: the model's.
        labels: the model's words in the order of the class ids.
    """

    def drawing_of(index: int, rank: float) -> NotableDrawing:
        return NotableDrawing(
            rank,
            batch["key_id"][index].decode(),
            batch["word"][index].decode(),
            labels[scores.predicted[index]],
            float(scores.confidence[index]),
            float(scores.of_truth[index]),
            batch["drawing"][index].decode(),
        )

    right = scores.measures[:, MEASURES.index("accuracy")] == 1
    wrong = np.flatnonzero(~right)
    mistakes: dict[tuple[str, str], NotableDrawing] = {}
    for index in wrong:
        drawing = drawing_of(index, scores.confidence[index])
        pair = (drawing.word, drawing.predicted)
        mistakes[pair] = max(drawing, mistakes.get(pair, drawing))
    return NotableDrawings(
        _most_of(np.flatnonzero(right), scores.confidence, drawing_of),
        _most_of(np.arange(len(right)), -scores.of_truth, drawing_of),
        _most_of(wrong, scores.confidence, drawing_of),
        mistakes,
    )


def _most_of(
    indices: np.ndarray, ranks: np.ndarray, drawing_of: Callable[[int, float], NotableDrawing]
) -> list[NotableDrawing]:
    if len(indices) > _KEPT:
        # All that tie with the last one kept stay, for the key ids to decide.
        least = np.partition(ranks[indices], -_KEPT)[-_KEPT]
        indices = indices[ranks[indices] >= least]
    return _most(drawing_of(int(index), float(ranks[index])) for index in indices)


def _most(drawings: Iterable[NotableDrawing]) -> list[NotableDrawing]:
    return heapq.nlargest(_KEPT, drawings)

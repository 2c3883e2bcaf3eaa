"""Which words are taken for which: a heat map while it can be read, the worst pairs where it cannot."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_WORDS_IN_HEAT_MAP = 30
_WORST = 20


@dataclass(frozen=True)
class Cell:
    """How many drawings of the row's word got the column's answer, and which share of the row that is."""

    count: int
    share: float


@dataclass(frozen=True)
class HeatMap:
    """One row a word drawn, one column a word answered, both in the order of `words`."""

    words: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Pair:
    """A word drawn that got another answer, how often, and which share of its drawings that is."""

    actual: str
    predicted: str
    count: int
    share: float


@dataclass(frozen=True)
class Recall:
    """Which share of a word's test drawings got the right answer."""

    word: str
    examples: int
    accuracy: float


def heat_map(confusion: Iterable[Mapping[str, Any]]) -> HeatMap | None:
    """Lays the counts out as a matrix.

    Args:
        confusion: entries of `actual`, `predicted` and `count`; pairs that never occur may be left out.

    Returns:
        The matrix, or None for more words than a page can show.
    """
    entries = list(confusion)
    words = sorted({entry[side] for entry in entries for side in ("actual", "predicted")})
    if len(words) > MOST_WORDS_IN_HEAT_MAP:
        return None
    totals = _totals(entries)
    counts = {(entry["actual"], entry["predicted"]): entry["count"] for entry in entries}

    def cell(actual: str, predicted: str) -> Cell:
        count = counts.get((actual, predicted), 0)
        return Cell(count, count / totals[actual] if count else 0.0)

    return HeatMap(words, [[cell(actual, predicted) for predicted in words] for actual in words])


def worst_pairs(confusion: Iterable[Mapping[str, Any]]) -> list[Pair]:
    """Returns the twenty commonest wrong answers, commonest first; ties in alphabetical order."""
    entries = list(confusion)
    totals = _totals(entries)
    pairs = [
        Pair(entry["actual"], entry["predicted"], entry["count"], entry["count"] / totals[entry["actual"]])
        for entry in entries
        if entry["count"] and entry["actual"] != entry["predicted"]
    ]
    return sorted(pairs, key=lambda pair: (-pair.count, pair.actual, pair.predicted))[:_WORST]


def worst_recalls(words: Iterable[Mapping[str, Any]]) -> list[Recall]:
    """Returns the twenty words that are recognized least often, worst first; ties in alphabetical order."""
    recalls = [Recall(word["word"], word["examples"], word["recall"]) for word in words if word["examples"]]
    return sorted(recalls, key=lambda recall: (recall.accuracy, recall.word))[:_WORST]


def _totals(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for entry in entries:
        totals[entry["actual"]] += entry["count"]
    return totals

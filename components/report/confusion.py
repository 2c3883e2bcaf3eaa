"""Which words are taken for which: a heat map while it can be read, and the worst pairs in any case."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.report.mistakes import Mistakes

MOST_WORDS_IN_HEAT_MAP = 30
_WORST = 20
_PER_WORD = 3


@dataclass(frozen=True)
class Pair:
    """A word drawn and the word answered.

    Attributes:
        actual: The word drawn.
        predicted: The word answered.
        count: How many drawings.
        share: Which share of the drawings of `actual`.
        mistake: Number of its drawing, see `components.report.mistakes`; None where there is none.
    """

    actual: str
    predicted: str
    count: int
    share: float
    mistake: int | None = None


@dataclass(frozen=True)
class HeatMap:
    """One row a word drawn, one column a word answered, both in the order of `words`."""

    words: Sequence[str]
    rows: Sequence[Sequence[Pair]]


def pairs(confusion: Iterable[Mapping[str, Any]], mistakes: Mistakes) -> list[Pair]:
    """Lists the pairs that occur, right answers too, commonest first; ties in alphabetical order.

    Args:
        confusion: entries of `actual`, `predicted` and `count`.
        mistakes: the drawings of wrong answers.
    """
    entries = [entry for entry in confusion if entry["count"]]
    totals: dict[str, int] = defaultdict(int)
    for entry in entries:
        totals[entry["actual"]] += entry["count"]
    found = [
        Pair(actual, predicted, count, count / totals[actual], mistakes.number(actual, predicted))
        for actual, predicted, count in ((e["actual"], e["predicted"], e["count"]) for e in entries)
    ]
    return sorted(found, key=lambda pair: (-pair.count, pair.actual, pair.predicted))


def heat_map(occurring: Iterable[Pair]) -> HeatMap | None:
    """Lays the pairs out as a matrix.

    Args:
        occurring: of `pairs`.

    Returns:
        The matrix, or None for more words than a page can show.
    """
    by_words = {(pair.actual, pair.predicted): pair for pair in occurring}
    words = sorted({word for both in by_words for word in both})
    if len(words) > MOST_WORDS_IN_HEAT_MAP:
        return None
    return HeatMap(
        words,
        [[by_words.get((row, column), Pair(row, column, 0, 0.0)) for column in words] for row in words],
    )


def worst_pairs(occurring: Iterable[Pair]) -> list[Pair]:
    """Returns the twenty commonest wrong answers.

    Args:
        occurring: of `pairs`.
    """
    return [pair for pair in occurring if pair.actual != pair.predicted][:_WORST]


def taken_for(occurring: Iterable[Pair]) -> dict[str, list[Pair]]:
    """Tells for each word its three commonest wrong answers; a word that is always right has none.

    Args:
        occurring: of `pairs`.
    """
    wrong: dict[str, list[Pair]] = defaultdict(list)
    for pair in occurring:
        if pair.actual != pair.predicted and len(wrong[pair.actual]) < _PER_WORD:
            wrong[pair.actual].append(pair)
    return dict(wrong)

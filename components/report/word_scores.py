"""How well each word is known."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.evaluator.slices import WORD
from components.report.confusion import Pair


@dataclass(frozen=True)
class WordScore:
    """One word.

    Attributes:
        word: The label.
        examples: Its test drawings.
        recall: Which share of them got the right answer; None without any.
        low: Lower end of the recall's 95 % interval; None as above.
        high: Upper end.
        precision: Which share of the drawings that got this answer are of the word; None where it was never given.
        taken_for: Its commonest wrong answers.
    """

    word: str
    examples: int
    recall: float | None
    low: float | None
    high: float | None
    precision: float | None
    taken_for: Sequence[Pair]


def word_scores(evaluation: Mapping[str, Any], taken_for: Mapping[str, Sequence[Pair]]) -> list[WordScore]:
    """Lists the words, those known worst first; ties in alphabetical order, words without a test drawing last.

    Args:
        evaluation: of `components.evaluator.evaluation`.
        taken_for: of `components.report.confusion`.
    """
    intervals = dict(_intervals(evaluation["slices"]))
    scores = [
        WordScore(
            word=word["word"],
            examples=word["examples"],
            recall=word["recall"],
            low=intervals.get(word["word"], (None, None))[0],
            high=intervals.get(word["word"], (None, None))[1],
            precision=word["precision"],
            taken_for=taken_for.get(word["word"], []),
        )
        for word in evaluation["words"]
    ]
    return sorted(scores, key=lambda score: (score.recall is None, score.recall, score.word.casefold(), score.word))


def _intervals(slices: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, tuple[float | None, float | None]]]:
    """The accuracy on the drawings of one word is the word's recall."""
    for part in slices:
        if part["feature"] == WORD:
            accuracy = part["metrics"]["accuracy"]
            yield part["value"], (accuracy["low"], accuracy["high"])

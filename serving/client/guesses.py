"""What a server guessed, whatever protocol it answered in."""

from collections.abc import Sequence
from typing import NamedTuple

from components.errors import QuickdrawError


class Guess(NamedTuple):
    """One of the model's best words for a drawing, and its score, 0..1."""

    word: str
    score: float


def guesses_by_drawing(words: Sequence[str], scores: Sequence[float], drawings: int) -> list[list[Guess]]:
    """Sorts an answer's flat rows to its drawings.

    Args:
        words: `[drawings * K]`, the best K words of the first drawing, then those of the second...
        scores: As many.
        drawings: How many were asked for.

    Raises:
        QuickdrawError: The answer has another form.
    """
    best, odd = divmod(len(words), drawings)
    if odd or not best or len(scores) != len(words):
        raise QuickdrawError(
            f"The model answered {len(words)} words and {len(scores)} scores for {drawings} drawings: it is not one "
            "that `quickdraw run` pushed."
        )
    guesses = [Guess(word, float(score)) for word, score in zip(words, scores, strict=True)]
    return [guesses[start : start + best] for start in range(0, len(guesses), best)]

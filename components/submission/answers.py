"""From the words that a model answers to those of a submission."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Answers(NamedTuple):
    """The answers to N drawings.

    Attributes:
        words: one text each, the words best first with blanks between them.
        malformed: how many of the drawings were none.
    """

    words: list[str]
    malformed: int


def complete(words: np.ndarray, frequent: Sequence[str]) -> Answers:
    """Fills the ranks that a model leaves empty with frequent words that the answer does not have yet.

    A model leaves all three empty for what is no drawing, and single ones where it has fewer words, or gives a word no
    probability at all (see `components.trainer.export.ServedDoodles`). One rule fits all: the best guess that is left.

    Args:
        words: bytes objects `[N, 3]`, output `words` of `serving_default`; empty is b"".
        frequent: at most three words, best first.
    """
    texts = [b" ".join(row).decode() for row in words.tolist()]
    is_empty = words == b""
    for index in np.flatnonzero(is_empty.any(axis=1)).tolist():
        texts[index] = " ".join(_filled(texts[index].split(), words.shape[1], frequent))
    return Answers(texts, int(is_empty[:, 0].sum()))


def _filled(answer: Sequence[str], ranks: int, frequent: Sequence[str]) -> list[str]:
    return [*answer, *(word for word in frequent if word not in answer)][:ranks]

"""The words to answer with where the model has no better idea."""

import pathlib
from typing import NamedTuple

from components.errors import UsageError
from components.trainer.assets import LABELS_FILE, labels_from_text, read_word_counts

TOP_WORDS = 3


class FrequentWords(NamedTuple):
    """What answers a drawing that is none.

    Attributes:
        words: at most three labels of the model, best first.
        are_counted: whether they are the most frequent of the training data; else they are the first labels, for a
            model that was pushed before models carried their counts.
    """

    words: tuple[str, ...]
    are_counted: bool


def read_frequent_words(model: pathlib.Path) -> FrequentWords:
    """Finds the words that a model learned most from; among equals the first in the alphabet.

    Args:
        model: a pushed version's folder.

    Raises:
        UsageError: it has no labels.
    """
    path = model / LABELS_FILE
    if not path.is_file():
        raise UsageError(f"{model} has no {LABELS_FILE}: this project has not exported it; choose another --version.")
    labels = labels_from_text(path.read_text(encoding="utf-8"))
    counts = read_word_counts(model)
    by_count = sorted(labels, key=lambda label: (-counts.get(label, 0), label))
    return FrequentWords(tuple(by_count[:TOP_WORDS] if counts else labels[:TOP_WORDS]), bool(counts))

"""Which words a page shows drawings of, where it cannot show all."""

from collections.abc import Iterable

_MOST_WORDS = 5


def choose_words(words: Iterable[str]) -> list[str]:
    """Returns all words in alphabetical order, or five of them at equal distances if there are more."""
    ordered = sorted(words, key=lambda word: (word.casefold(), word))
    if len(ordered) <= _MOST_WORDS:
        return ordered
    return [ordered[position * len(ordered) // _MOST_WORDS] for position in range(_MOST_WORDS)]

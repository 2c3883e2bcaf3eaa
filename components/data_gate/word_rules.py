"""Rules about words that no schema can hold: every split has every word, and no word outweighs the others."""

import statistics
from collections.abc import Iterator, Mapping
from typing import Literal

from components.data_gate.allowance import FALSE_ALARM

# Ten times the median is far more than the data set's own spread, but for the two words said in `policy.GatePolicy`.
_MAX_RATIO = 10
_MAX_NAMED = 10


def find_missing_words(
    counts: Mapping[str, Mapping[str, float]],
) -> Iterator[tuple[Literal["missing", "scarce"], str]]:
    """Finds words without an example in a split.

    A word of K drawings has none in a split that gets the share f with probability (1-f)^K. Where that is not
    astronomically small the word is scarce, and there is nothing wrong with the split; but a word without an example to
    learn from is missing in any case.

    Args:
        counts: split -> word -> examples, every split with at least one example.

    Yields:
        The kind of finding, and a sentence that names the split and the words.
    """
    sizes = {split: sum(words.values()) for split, words in counts.items()}
    totals = _totals(counts)
    for split, words in counts.items():
        rest = 1 - sizes[split] / sum(sizes.values())
        absent = [word for word in totals if not words.get(word)]
        scarce = [w for w in absent if split != "train" and rest ** totals[w] >= FALSE_ALARM / len(totals)]
        missing = [word for word in absent if word not in scarce]
        if missing:
            yield "missing", f"split {split} has no example of {name_words(missing)}"
        if scarce:
            yield "scarce", f"split {split} has no example of {name_words(scarce)}: too few drawings for every split"


def find_unbalanced_words(counts: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """Finds words with more than ten times, or less than a tenth of, the median word's examples.

    Args:
        counts: split -> word -> examples.

    Yields:
        Sentences with the words, their counts and the bound.
    """
    totals = _totals(counts)
    median = statistics.median(totals.values())
    many = [word for word, count in totals.items() if count > median * _MAX_RATIO]
    few = [word for word, count in totals.items() if count * _MAX_RATIO < median]
    for words, bound in ((many, f"more than {_MAX_RATIO} times"), (few, f"less than 1/{_MAX_RATIO} of")):
        if words:
            listed = name_words([f"{word} ({totals[word]:,.0f})" for word in words])
            yield f"{bound} the median word's {median:,.0f} drawings: {listed}; --per-word evens words out"


def name_words(words: list[str]) -> str:
    """Lists words, the first ten by name and the rest by number."""
    rest = len(words) - _MAX_NAMED
    return ", ".join(words[:_MAX_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _totals(counts: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Word -> examples in all splits, by name."""
    words = sorted({word for split in counts.values() for word in split})
    return {word: sum(split.get(word, 0) for split in counts.values()) for word in words}

"""The equal cap for each word: a combiner that finds the hash above which a word's rows are left out.

What is kept depends on the set of rows alone: not on their order, the files, the bundles or the runner. A larger cap
only adds ids. Only hashes travel, never drawings, and never more of them than the cap.
"""

from collections.abc import Iterable, Mapping

import apache_beam as beam
import numpy as np
import pyarrow as pa

NO_LIMIT = np.uint64(np.iinfo(np.uint64).max)


def smallest(hashes: np.ndarray, cap: int) -> np.ndarray:
    """Returns the `cap` smallest different hashes, ascending, uint64 `[<= cap]`."""
    return np.unique(hashes)[:cap]


def limit_of(smallest_hashes: np.ndarray, cap: int) -> np.uint64:
    """Returns the largest hash that a cap lets in, given the word's smallest ones."""
    return smallest_hashes[cap - 1] if len(smallest_hashes) >= cap else NO_LIMIT


def limits_of(smallest_hashes: Mapping[str, np.ndarray], cap: int) -> dict[str, np.uint64]:
    """Returns the limit of each word."""
    return {label: limit_of(hashes, cap) for label, hashes in smallest_hashes.items()}


def smallest_of_words(rows: pa.Table, cap: int) -> dict[str, np.ndarray]:
    """Returns the smallest hashes of each word.

    Args:
        rows: with the columns `word`, binary, and `order`, uint64, the hash.
        cap: how many ids of a word are kept.
    """
    labels, word_of_row = _words(rows)
    order = rows.column("order").to_numpy()
    return {label: smallest(order[word_of_row == number], cap) for number, label in enumerate(labels)}


def within_limits(rows: pa.Table, limits: Mapping[str, np.uint64]) -> pa.Table:
    """Returns the rows that the caps let in.

    Args:
        rows: with the columns `word` and `order`.
        limits: label -> the largest hash that is let in; a word that is left out has no limit.
    """
    if not limits:
        return rows
    labels, word_of_row = _words(rows)
    limit_of_word = np.array([limits.get(label, NO_LIMIT) for label in labels], np.uint64)
    return rows.filter(pa.array(rows.column("order").to_numpy() <= limit_of_word[word_of_row]))


def _words(rows: pa.Table) -> tuple[list[str], np.ndarray]:
    """Returns the labels of a table, and which of them each row has, int32 `[N]`."""
    words = rows.column("word").combine_chunks().dictionary_encode()
    return [word.decode() for word in words.dictionary.to_pylist()], np.asarray(words.indices)


class SmallestHashes(beam.CombineFn):
    """Combines hashes of one word's rows, uint64 `[N]` an element, into the limit of the word.

    Rows of one id have one hash, which counts once: a duplicate takes nobody's place.
    """

    def __init__(self, cap: int) -> None:
        """Takes the number of ids to keep."""
        self._cap = cap

    def create_accumulator(self) -> np.ndarray:
        """Returns no hashes."""
        return np.zeros(0, np.uint64)

    def add_input(self, accumulator: np.ndarray, element: np.ndarray) -> np.ndarray:
        """Adds hashes."""
        return smallest(np.concatenate([accumulator, element]), self._cap)

    def merge_accumulators(self, accumulators: Iterable[np.ndarray]) -> np.ndarray:
        """Joins accumulators, one after the other, so that no more than two are held."""
        merged = self.create_accumulator()
        for accumulator in accumulators:
            merged = self.add_input(merged, accumulator)
        return merged

    def extract_output(self, accumulator: np.ndarray) -> np.uint64:
        """Returns the limit."""
        return limit_of(accumulator, self._cap)

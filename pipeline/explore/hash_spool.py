"""Counts what occurs several times among any number of texts, exactly and in little memory.

Each text becomes a hash of 64 bits. The hashes lie on disk, parted by their size, so that equal ones are in the same
part and no more than one part is ever in memory. That any two of fifty million different texts share a hash has a
chance of 7e-5.
"""

import os
import pathlib
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

# A part of so many hashes takes 32 MB, and as much again while it is sorted.
HASHES_PER_PART = 4_000_000


class Repeats(NamedTuple):
    """How often texts occur again.

    Attributes:
        rows: rows whose text was there before: all but the first of each.
        texts: how many different texts occur more than once.
        most: how often the commonest text occurs.
    """

    rows: int
    texts: int
    most: int


def hash_texts(texts: pa.BinaryArray) -> np.ndarray:
    """Hashes texts by SipHash with a fixed key.

    Args:
        texts: [N], none null.

    Returns:
        uint64 [N], the same in every process.
    """
    return pd.util.hash_array(texts.to_numpy(zero_copy_only=False), categorize=False)


class HashSpool:
    """The hashes of one kind of text, in files of a folder; several processes may add to it."""

    def __init__(self, folder: pathlib.Path, name: str, parts: int) -> None:
        """Takes an existing folder, what the texts are, and in how many parts their hashes are divided."""
        self._folder = folder
        self._name = name
        self._parts = parts

    def add(self, hashes: np.ndarray) -> None:
        """Appends hashes, uint64 [N], to this process's files."""
        # The part of a hash h is floor(h * parts / 2^64), from its upper half, which needs no more than 64 bits.
        part = (hashes >> np.uint64(32)) * np.uint64(self._parts) >> np.uint64(32)
        for number in range(self._parts):
            path = self._folder / f"{self._name}-{number:04d}-{os.getpid()}.u64"
            with path.open("ab") as stream:
                stream.write(hashes[part == number].tobytes())

    def count(self) -> Repeats:
        """Counts the repeats among all hashes, part by part."""
        rows = texts = most = 0
        for number in range(self._parts):
            paths = sorted(self._folder.glob(f"{self._name}-{number:04d}-*.u64"))
            hashes = np.concatenate([np.zeros(0, np.uint64), *(np.fromfile(path, np.uint64) for path in paths)])
            counts = _counts(hashes)
            rows += len(hashes) - len(counts)
            texts += int(np.count_nonzero(counts > 1))
            most = max(most, int(counts.max(initial=0)))
        return Repeats(rows, texts, most)


def _counts(hashes: np.ndarray) -> np.ndarray:
    """Returns how often each different hash occurs, int64 [M]; sorts in place, unlike `np.unique`."""
    hashes.sort()
    is_first = np.append(True, hashes[1:] != hashes[:-1])[: len(hashes)]
    return np.diff(np.flatnonzero(is_first), append=len(hashes))

"""The two hashes of a `key_id` that decide, for ever and everywhere, about its place in the sample and its split."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np


class KeyHashes(NamedTuple):
    """Two independent hashes of N ids, uint64 [N] each. Two ids that have both in common are taken for one."""

    order: np.ndarray
    split: np.ndarray


def hash_keys(key_ids: Iterable[bytes]) -> KeyHashes:
    """Hashes ids.

    The halves of one 128-bit BLAKE2b digest are independent, so which rows a cap keeps says nothing about their split.
    That any two of fifty million different ids have one digest has a chance of 4e-24.
    """
    digests = b"".join(hashlib.blake2b(key_id, digest_size=16).digest() for key_id in key_ids)
    halves = np.frombuffer(digests, dtype="<u8").reshape(-1, 2)
    return KeyHashes(halves[:, 0].astype(np.uint64), halves[:, 1].astype(np.uint64))

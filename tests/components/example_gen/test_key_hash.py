"""The hashes of ids never change: published splits would."""

import hashlib

import numpy as np

from components.example_gen.key_hash import hash_keys


def test_the_halves_of_a_blake2b_digest():
    digest = hashlib.blake2b(b"6270924233900032", digest_size=16).digest()
    hashes = hash_keys([b"1", b"6270924233900032"])
    assert int(hashes.order[1]) == int.from_bytes(digest[:8], "little") == 6101243864008210752
    assert int(hashes.split[1]) == int.from_bytes(digest[8:], "little") == 10199724359209746852


def test_no_keys():
    assert hash_keys([]).order.tolist() == []


def test_the_cap_says_nothing_about_the_split():
    hashes = hash_keys(str(key).encode() for key in range(10_000))
    smallest = np.argsort(hashes.order)[:1000]
    assert abs(np.mean(hashes.split[smallest] < 2**63) - 0.5) < 0.05

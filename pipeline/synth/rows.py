"""One row of the data set: a doodle with the key, country and time that Kaggle's files give it.

Every row has its own random generator, seeded by (seed, word, row), so it stays the same whatever else is asked for.
"""

import datetime
import json
import zlib
from dataclasses import dataclass

import numpy as np

from components.simplification import simplify_strokes
from pipeline.synth.jitter import hand_drawn, scribble
from pipeline.synth.recipes import RECIPES

UNRECOGNIZED_SHARE = 0.03

_COUNTRIES = ("US", "GB", "DE", "RU", "SA", "KR", "BR", "FR")
_COUNTRY_SHARES = (0.45, 0.12, 0.1, 0.1, 0.07, 0.06, 0.06, 0.04)
_FIRST_DAY = datetime.datetime(2017, 1, 23)
_DAYS = 60

# Kaggle's keys are 16 digits from 2**52 up.
_FIRST_KEY = 2**52
_KEYS = 2**51
_ROWS_PER_FILE = 2**32
_KEY_FACTOR = 0x5851F42D4C957F2D


@dataclass(frozen=True)
class Row:
    """One drawing as the CSV has it; the fields are named after Kaggle's columns.

    Attributes:
        countrycode: Two letters.
        drawing: The JSON text of the simplified strokes.
        key_id: 16 digits, unique over all files of one seed.
        recognized: Whether the game would have guessed the word; a scribble is `False`.
        timestamp: `2017-03-08 21:12:07.266040`.
        word: What was asked for, with its spaces.
    """

    countrycode: str
    drawing: str
    key_id: str
    recognized: bool
    timestamp: str
    word: str


def train_row(word: str, index: int, seed: int) -> Row:
    """Returns row `index` of a word's file; about 3 % of them are unrecognized scribbles."""
    rng = _generator(seed, word, index)
    recognized = bool(rng.random() >= UNRECOGNIZED_SHARE)
    file_number = 1 + list(RECIPES).index(word)
    return _row(rng, word, recognized, _key_id(file_number, index, seed))


def unlabelled_row(words: list[str], index: int, seed: int) -> Row:
    """Returns row `index` of the unlabelled file: a recognized drawing of any of `words`, all as likely."""
    rng = _generator(seed, "", index)
    word = words[int(rng.integers(len(words)))]
    return _row(rng, word, True, _key_id(0, index, seed))


def _row(rng: np.random.Generator, word: str, recognized: bool, key_id: str) -> Row:
    strokes = hand_drawn(RECIPES[word](rng), rng) if recognized else scribble(rng)
    moment = _FIRST_DAY + datetime.timedelta(microseconds=int(rng.integers(_DAYS * 86_400_000_000)))
    return Row(
        countrycode=str(rng.choice(_COUNTRIES, p=_COUNTRY_SHARES)),
        drawing=json.dumps(simplify_strokes([stroke.T.tolist() for stroke in strokes])),
        key_id=key_id,
        recognized=recognized,
        timestamp=moment.strftime("%Y-%m-%d %H:%M:%S.%f"),
        word=word,
    )


def _generator(seed: int, word: str, index: int) -> np.random.Generator:
    """Returns the row's own generator; a word's place in the list does not enter, its name does."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(zlib.crc32(word.encode()), index)))


def _key_id(file_number: int, index: int, seed: int) -> str:
    """Returns a key that looks random and cannot repeat: each step permutes the numbers below `_KEYS`."""
    offset = int(np.random.SeedSequence(seed).generate_state(1, np.uint64)[0])
    number = (file_number * _ROWS_PER_FILE + index + offset) * _KEY_FACTOR % _KEYS
    number = (number ^ number >> 26) * _KEY_FACTOR % _KEYS
    return str(_FIRST_KEY + number)

"""One row: its drawing, key, country and time."""

import datetime
import json
import re

import pytest

from pipeline.synth.recipes import RECIPES
from pipeline.synth.rows import train_row, unlabelled_row


def test_a_row_is_what_it_was_when_it_was_first_drawn():
    row = train_row("envelope", 0, 7)
    flap = [[13, 103, 147, 192, 205, 224], [68, 109, 111, 61, 38, 19]]
    outline_xs = "0 57 81 165 196 211 228 217 216 225 231 255 240 228 193 150 90 68 45 28 19 21 13 24 24"
    outline_ys = "55 60 58 28 23 9 0 26 45 77 114 151 152 161 172 166 163 167 179 183 169 140 112 87 68"
    outline = [[int(value) for value in axis.split()] for axis in (outline_xs, outline_ys)]
    assert json.loads(row.drawing) == [flap, outline]


def test_a_row_has_kaggles_forms():
    row = train_row("ice cream", 3, 7)
    assert row.word == "ice cream"
    assert re.fullmatch(r"[A-Z]{2}", row.countrycode)
    assert re.fullmatch(r"\d{16}", row.key_id)
    moment = datetime.datetime.strptime(row.timestamp, "%Y-%m-%d %H:%M:%S.%f")
    assert moment.year == 2017
    assert len(row.timestamp) == len("2017-03-08 21:12:07.266040")


@pytest.mark.parametrize("word", RECIPES)
def test_every_drawing_is_valid(word):
    for index in range(30):
        drawing = json.loads(train_row(word, index, 7).drawing)
        assert drawing
        for xs, ys in drawing:
            assert len(xs) == len(ys) >= 1
            assert all(isinstance(value, int) and 0 <= value <= 255 for value in xs + ys)


def test_about_three_rows_in_a_hundred_are_unrecognized():
    unrecognized = sum(not train_row("zigzag", index, 7).recognized for index in range(1000))
    assert 15 <= unrecognized <= 45


def test_keys_never_repeat():
    keys = [train_row(word, index, 7).key_id for word in RECIPES for index in range(100)]
    keys += [unlabelled_row(["zigzag"], index, 7).key_id for index in range(100)]
    assert len(set(keys)) == len(keys) == 1700


def test_another_seed_draws_another_drawing_under_another_key():
    first, second = train_row("sun", 0, 7), train_row("sun", 0, 8)
    assert first.drawing != second.drawing
    assert first.key_id != second.key_id


def test_unlabelled_rows_show_only_the_words_asked_for():
    words = {unlabelled_row(["sun", "house"], index, 7).word for index in range(50)}
    assert words == {"sun", "house"}

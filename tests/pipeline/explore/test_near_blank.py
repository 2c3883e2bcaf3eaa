"""Drawings of few points and next to no ink."""

import numpy as np
import pyarrow as pa
import pytest

from components.drawing import parse_drawing
from pipeline.explore import near_blank
from pipeline.explore.near_blank import NearBlankFinder
from pipeline.explore.tally import Tally, WordTally
from tests.pipeline.explore.data_folder import HASH, LINE_AT_THE_EDGE


def _rows(drawings):
    columns = {"key_id": [str(number) for number in range(len(drawings))], "countrycode": [""] * len(drawings)}
    table = {name: [text.encode() for text in texts] for name, texts in {**columns, "drawing": drawings}.items()}
    return pa.table({name: pa.array(texts, pa.binary()) for name, texts in table.items()})


def _find(*drawings):
    tally = Tally(words={"line": WordTally()})
    finder = NearBlankFinder(tally)
    points = [sum(len(stroke.xs) for stroke in parse_drawing(drawing)) for drawing in drawings]
    finder.add(_rows(drawings), np.array(points), np.arange(len(drawings)).astype(np.uint64), "line")
    finder.flush()
    return tally


def test_counts_them_and_keeps_some_to_show():
    tally = _find(HASH, LINE_AT_THE_EDGE, "[[[9], [9]]]")
    assert tally.words["line"].near_blank == 2
    assert [(found.key_id, found.drawing) for found in tally.near_blank.drawings] == [
        ("1", LINE_AT_THE_EDGE),
        ("2", "[[[9], [9]]]"),
    ]


@pytest.mark.parametrize(("length", "found"), [(60, 1), (61, 0)])
def test_eight_dark_pixels_are_enough(length, found):
    # Every eighth pixel from the fourth on: 4, 12, ... 60 are eight of them, and 58 + 2 reaches the last.
    assert _find(f"[[[0, {length - 1}], [4, 4]]]").words["line"].near_blank == found


@pytest.mark.parametrize(("points", "found"), [(8, 1), (9, 0)])
def test_of_more_than_eight_points_none_is_looked_at(points, found):
    assert _find(f"[[{[0] * points}, {[0] * points}]]").words["line"].near_blank == found


def test_looks_at_them_in_portions(monkeypatch):
    monkeypatch.setattr(near_blank, "_ROWS_AT_ONCE", 2)
    tally = Tally(words={"line": WordTally(), "rain": WordTally()})
    finder = NearBlankFinder(tally)
    for word in ("line", "rain", "line"):
        finder.add(_rows([LINE_AT_THE_EDGE]), np.array([2]), np.array([1], np.uint64), word)
    assert (tally.words["line"].near_blank, tally.words["rain"].near_blank) == (1, 1)
    finder.flush()
    assert (tally.words["line"].near_blank, tally.words["rain"].near_blank) == (2, 1)

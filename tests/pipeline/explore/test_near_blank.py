"""Drawings of few points and next to no ink."""

import pytest

from pipeline.explore import near_blank
from pipeline.explore.near_blank import NearBlankFinder
from pipeline.explore.samples import Sampled
from pipeline.explore.tally import Tally, WordTally
from tests.pipeline.explore.data_folder import HASH, LINE_AT_THE_EDGE


def _drawing(number, drawing, word="line"):
    return Sampled(number, word, str(number), "", drawing)


def _find(*drawings):
    tally = Tally(words={"line": WordTally()})
    finder = NearBlankFinder(tally)
    finder.add([_drawing(number, drawing) for number, drawing in enumerate(drawings)])
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


def test_looks_at_them_in_portions(monkeypatch):
    monkeypatch.setattr(near_blank, "_ROWS_AT_ONCE", 2)
    tally = Tally(words={"line": WordTally(), "rain": WordTally()})
    finder = NearBlankFinder(tally)
    for word in ("line", "rain", "line"):
        finder.add([_drawing(1, LINE_AT_THE_EDGE, word)])
    assert (tally.words["line"].near_blank, tally.words["rain"].near_blank) == (1, 1)
    finder.flush()
    assert (tally.words["line"].near_blank, tally.words["rain"].near_blank) == (2, 1)

"""The drawings that the page's script shows."""

from components.report.mistakes import Mistakes
from tests.components.report.evaluations import notable

_MISTAKES = Mistakes([notable("ant", "bee", 0.876, 0.1, "[[[3],[4]]]"), notable("bee", "cat", 0.5, 0.1)])


def test_a_pair_has_the_number_of_its_drawing():
    assert [_MISTAKES.number("ant", "bee"), _MISTAKES.number("bee", "cat")] == [0, 1]
    assert _MISTAKES.number("bee", "ant") is None
    assert _MISTAKES.drawn[1].predicted == "cat"


def test_the_script_gets_caption_view_and_path_in_the_order_of_the_numbers():
    assert _MISTAKES.to_json()[0] == ("This one was taken for bee, 88% sure.", "-149 -148 300 300", "M3 4h0")

"""Precision by recall."""

from components.report.confusion import Pair
from components.report.scatter import recall_against_precision
from components.report.word_scores import WordScore

_WRONG = [Pair("ant", "bee", 3, 0.5, mistake=7), Pair("ant", "cat", 1, 0.1, mistake=8)]
_SCORES = [
    WordScore("ant", 6, 0.5, 0.2, 0.8, 0.75, _WRONG),
    WordScore("sun", 2, 1.0, 0.4, 1.0, 1.0, []),
    WordScore("undrawn", 0, None, None, None, None, []),
]


def test_each_word_is_a_dot_with_its_commonest_mistake():
    chart = recall_against_precision(_SCORES)
    assert [(dot.title, dot.mistake) for dot in chart.dots] == [
        ("ant: recall 50.0%, precision 75.0%", 7),
        ("sun: recall 100.0%, precision 100.0%", None),
    ]
    ant, sun = chart.dots
    assert ant.x < sun.x
    assert ant.y > sun.y
    assert [tick.label for tick in chart.x_ticks] == ["50%", "60%", "70%", "80%", "90%", "100%"]


def test_words_that_are_all_but_perfect_are_not_blown_apart():
    assert recall_against_precision(_SCORES[1:]).x_ticks[0].label == "90%"

"""Recall and precision of each word."""

from components.report.confusion import Pair
from components.report.word_scores import WordScore, word_scores
from tests.components.report.evaluations import EVALUATION

_PAIR = Pair("ice_cream", "sun", 1, 0.25)


def test_a_word_has_the_interval_of_its_slice_and_what_it_is_taken_for():
    assert word_scores(EVALUATION, {"ice_cream": [_PAIR]}) == [
        WordScore("ice_cream", 4, 0.75, 0.3, 0.95, 1.0, [_PAIR]),
        WordScore("sun", 2, 1.0, 0.34, 1.0, 2 / 3, []),
    ]


def test_worst_first_ties_alphabetical_and_undrawn_last():
    words = [
        {"word": "undrawn", "examples": 0, "recall": None, "precision": None},
        {"word": "Zoo", "examples": 2, "recall": 0.5, "precision": 1.0},
        {"word": "ant", "examples": 2, "recall": 0.5, "precision": None},
        {"word": "sun", "examples": 2, "recall": 0.0, "precision": 0.0},
    ]
    scores = word_scores({"words": words, "slices": []}, {})
    assert [score.word for score in scores] == ["sun", "ant", "Zoo", "undrawn"]
    assert (scores[3].recall, scores[3].low) == (None, None)

"""Pairs of words: heat map, worst pairs, what each word is taken for."""

from components.report.confusion import Pair, heat_map, pairs, taken_for, worst_pairs
from components.report.mistakes import Mistakes
from tests.components.report.evaluations import notable

_CONFUSION = [
    {"actual": "ant", "predicted": "ant", "count": 6},
    {"actual": "bee", "predicted": "ant", "count": 3},
    {"actual": "ant", "predicted": "bee", "count": 2},
    {"actual": "bee", "predicted": "cat", "count": 1},
]
_NONE = Mistakes([])
_OCCURRING = pairs(_CONFUSION, Mistakes([notable("bee", "cat", 0.9, 0.1), notable("bee", "ant", 0.8, 0.1)]))


def _one_word_each(count):
    words = [{"actual": f"w{number:02d}", "predicted": f"w{number:02d}", "count": 1} for number in range(count)]
    return pairs(words, _NONE)


def test_pairs_know_their_share_and_their_drawing():
    assert [
        Pair("ant", "ant", 6, 0.75),
        Pair("bee", "ant", 3, 0.75, mistake=1),
        Pair("ant", "bee", 2, 0.25),
        Pair("bee", "cat", 1, 0.25, mistake=0),
    ] == _OCCURRING


def test_heat_map_is_a_matrix_of_all_words():
    result = heat_map(_OCCURRING)
    assert result.words == ["ant", "bee", "cat"]
    assert [[cell.count for cell in row] for row in result.rows] == [[6, 2, 0], [3, 0, 1], [0, 0, 0]]
    assert [cell.predicted for cell in result.rows[2]] == ["ant", "bee", "cat"]


def test_thirty_words_are_a_heat_map_and_thirty_one_are_not():
    assert len(heat_map(_one_word_each(30)).rows) == 30
    assert heat_map(_one_word_each(31)) is None


def test_worst_pairs_leave_right_answers_out():
    assert [(pair.actual, pair.predicted) for pair in worst_pairs(_OCCURRING)] == [
        ("bee", "ant"),
        ("ant", "bee"),
        ("bee", "cat"),
    ]


def test_worst_pairs_are_twenty():
    entries = [{"actual": "ant", "predicted": f"w{number:02d}", "count": number} for number in range(40)]
    assert [pair.count for pair in worst_pairs(pairs(entries, _NONE))] == list(range(39, 19, -1))


def test_ties_are_alphabetical():
    entries = [{"actual": "ant", "predicted": word, "count": 1} for word in ("cat", "bee")]
    assert [pair.predicted for pair in pairs(entries, _NONE)] == ["bee", "cat"]


def test_a_word_is_told_its_three_commonest_wrong_answers():
    entries = [{"actual": "ant", "predicted": f"w{number}", "count": 10 - number} for number in range(5)]
    entries.append({"actual": "bee", "predicted": "bee", "count": 1})
    (word, wrong), *others = taken_for(pairs(entries, _NONE)).items()
    assert (word, [pair.predicted for pair in wrong], others) == ("ant", ["w0", "w1", "w2"], [])

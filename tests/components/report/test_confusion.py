"""Heat map, worst pairs, worst words."""

from components.report.confusion import Cell, Pair, Recall, heat_map, worst_pairs, worst_recalls

_CONFUSION = [
    {"actual": "ant", "predicted": "ant", "count": 6},
    {"actual": "ant", "predicted": "bee", "count": 2},
    {"actual": "bee", "predicted": "ant", "count": 3},
    {"actual": "bee", "predicted": "cat", "count": 1},
]


def _words(count):
    return [{"actual": f"w{number:02d}", "predicted": f"w{number:02d}", "count": 1} for number in range(count)]


def test_heat_map_is_a_matrix_of_counts_and_shares_of_the_row():
    result = heat_map(_CONFUSION)
    assert result.words == ["ant", "bee", "cat"]
    assert result.rows == [
        [Cell(6, 0.75), Cell(2, 0.25), Cell(0, 0.0)],
        [Cell(3, 0.75), Cell(0, 0.0), Cell(1, 0.25)],
        [Cell(0, 0.0), Cell(0, 0.0), Cell(0, 0.0)],
    ]


def test_thirty_words_are_a_heat_map_and_thirty_one_are_not():
    assert len(heat_map(_words(30)).rows) == 30
    assert heat_map(_words(31)) is None


def test_worst_pairs_leave_right_answers_out():
    assert worst_pairs(_CONFUSION) == [
        Pair("bee", "ant", 3, 0.75),
        Pair("ant", "bee", 2, 0.25),
        Pair("bee", "cat", 1, 0.25),
    ]


def test_worst_pairs_are_twenty():
    entries = [{"actual": "ant", "predicted": f"w{number:02d}", "count": number} for number in range(40)]
    assert [pair.count for pair in worst_pairs(entries)] == list(range(39, 19, -1))


def test_worst_recalls_are_the_twenty_lowest_and_ties_are_alphabetical():
    words = [{"word": f"w{number:02d}", "examples": 10, "recall": number / 40} for number in range(40)]
    words += [{"word": "a", "examples": 5, "recall": 0.0}, {"word": "undrawn", "examples": 0, "recall": None}]
    result = worst_recalls(words)
    assert len(result) == 20
    assert result[:2] == [Recall("a", 5, 0.0), Recall("w00", 10, 0.0)]

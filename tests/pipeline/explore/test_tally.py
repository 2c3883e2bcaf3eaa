"""Tallies add up."""

from collections import Counter

from components.example_gen.row_batch import BadRow
from pipeline.explore.samples import Sampled
from pipeline.explore.tally import EXAMPLES, PlacedBadRow, Tally, WordTally


def _bad(path, part, row, reason="not JSON", text=""):
    return PlacedBadRow(path, part, BadRow(row, "1", "ant", reason, text))


def _tally(read, kept, filtered):
    word = WordTally(kept=kept, filtered=filtered, strokes=2 * kept, points=9 * kept, near_blank=1)
    word.sample.merge(type(word.sample)(9, [Sampled(read, "ant", "1", "", "[]")]))
    return Tally(read=read, words={"ant": word}, countries=Counter(US=kept), strokes=Counter({2: kept}))


def test_two_parts_make_a_whole():
    whole = _tally(5, 3, 1)
    whole.merge(_tally(4, 1, 2))
    ant = whole.words["ant"]
    assert (whole.read, whole.kept, whole.filtered) == (9, 4, 3)
    assert (ant.strokes, ant.points, ant.near_blank) == (8, 36, 2)
    assert (whole.countries, whole.strokes) == ({"US": 4}, {2: 4})
    assert [drawing.order for drawing in ant.sample.drawings] == [4, 5]


def test_a_word_of_one_part_is_in_the_whole():
    whole = Tally()
    whole.merge(_tally(1, 1, 0))
    assert whole.words["ant"].kept == 1


def test_malformed_rows_are_counted_and_the_first_of_the_files_kept():
    one, other = Tally(), Tally()
    one.add_bad_rows([_bad("b.csv", 0, number) for number in range(20)])
    other.add_bad_rows([_bad("a.csv", 1, 7, "no strokes"), _bad("a.csv", 0, 9)])
    one.merge(other)
    assert one.quarantined == 22
    assert one.reasons == {"not JSON": 21, "no strokes": 1}
    assert len(one.bad_rows) == EXAMPLES
    assert [(bad.path, bad.part, bad.row.row) for bad in one.bad_rows[:3]] == [
        ("a.csv", 0, 9),
        ("a.csv", 1, 7),
        ("b.csv", 0, 0),
    ]


def test_a_malformed_row_is_numbered_within_its_file_whatever_part_came_first():
    tally = Tally(rows_of={("a.csv", 1): 50, ("a.csv", 0): 100, ("b.csv", 0): 7})
    assert tally.row_in_file(_bad("a.csv", 0, 3)) == 3
    assert tally.row_in_file(_bad("a.csv", 2, 3)) == 153


def test_of_a_text_of_megabytes_little_is_kept():
    tally = Tally()
    tally.add_bad_rows([_bad("a.csv", 0, 1, text="x" * 10_000_000)])
    assert tally.bad_rows[0].row.text == "x" * 200

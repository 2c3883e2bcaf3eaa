"""Strokes and points in words and charts."""

from components.report.distributions import distributions
from components.report.feature_statistics import NumberStatistics, SplitStatistics

_STROKES = NumberStatistics(5.0, 4, 1, 185, [(0, 0.0), (1, 20.0), (4, 60.0), (12, 94.0), (18, 99.0), (185, 100.0)])
_FEW_STROKES = NumberStatistics(4.5, 4, 1, 39, [(0, 0.0), (1, 2.0), (4, 6.0), (39, 10.0)])


def _splits(**numbers):
    return {split: SplitStatistics({"strokes": strokes}, {}) for split, strokes in numbers.items()}


def test_says_median_nearly_all_and_most():
    (strokes,) = distributions(_splits(train=_STROKES, test=_FEW_STROKES))
    assert strokes.name == "strokes"
    assert strokes.sentence == (
        "half of the train drawings have at most 4 strokes, 94% at most 12; the largest drawing of all has 185."
    )
    assert list(strokes.splits) == ["train", "test"]


def test_the_largest_of_all_may_be_in_another_split():
    (strokes,) = distributions(_splits(train=_FEW_STROKES, test=_STROKES))
    assert strokes.sentence.endswith("60% at most 4; the largest drawing of all has 185.")


def test_the_bins_are_those_of_the_first_split_for_all():
    (strokes,) = distributions(_splits(train=_STROKES, test=_FEW_STROKES))
    assert [tick.label for tick in strokes.chart.x_ticks] == ["5", "10", "15", "19+"]
    assert strokes.chart.bars_name == "train"
    assert [(line.name, len(line.markers)) for line in strokes.chart.lines] == [("test", 19)]
    assert strokes.chart.bars[0].title == "train, 1 strokes: 20.0%"
    assert strokes.chart.bars[-1].title == "train, more than 18 strokes: 1.0%"


def test_without_histogram_the_numbers_remain():
    (strokes,) = distributions(_splits(train=NumberStatistics(5.0, 4, 1, 185, [])))
    assert strokes.chart is None
    assert strokes.sentence == "half of the train drawings have at most 4 strokes; the largest drawing of all has 185."


def test_a_split_without_histogram_is_left_out_of_the_chart():
    (strokes,) = distributions(_splits(train=NumberStatistics(5.0, 4, 1, 185, []), test=_FEW_STROKES))
    assert strokes.chart.bars_name == "test"
    assert strokes.chart.lines == []


def test_a_feature_that_was_not_counted_is_left_out():
    assert distributions({"train": SplitStatistics({}, {})}) == []
    assert distributions({}) == []


def test_drawings_that_are_all_alike():
    (strokes,) = distributions(_splits(train=NumberStatistics(3.0, 3, 3, 3, [(2, 0.0), (3, 9.0)])))
    assert strokes.sentence == "half of the train drawings have at most 3 strokes; the largest drawing of all has 3."
    assert strokes.chart.bars[-1].title == "train, 3 strokes: 100.0%"

"""Bars of one split, lines of the others."""

from components.report.axes import HEIGHT, WIDTH
from components.report.bins import Bins
from components.report.distribution_chart import distribution_chart

_SHARES = {"train": [0.5, 0.25, 0.25], "eval": [0.4, 0.4, 0.2]}


def test_the_first_split_is_bars_and_the_others_are_lines_over_their_middle():
    chart = distribution_chart("Strokes", "strokes", Bins([0, 1, 2], has_tail=True), _SHARES)
    assert chart.bars_name == "train"
    assert [bar.height for bar in chart.bars] == [192, 96, 96]
    (line,) = chart.lines
    assert line.name == "eval"
    assert [marker.y for marker in line.markers] == [48.4, 48.4, 125.2]
    for bar, marker in zip(chart.bars, line.markers, strict=True):
        assert abs(bar.x + bar.width / 2 - marker.x) < 0.2
    assert [tick.label for tick in chart.y_ticks] == ["0%", "10%", "20%", "30%", "40%", "50%"]


def test_titles_say_what_a_bar_holds():
    bars = distribution_chart("Strokes", "strokes", Bins([0, 1, 2], has_tail=True), _SHARES).bars
    assert [bar.title for bar in bars] == [
        "train, 1 strokes: 50.0%",
        "train, 2 strokes: 25.0%",
        "train, more than 2 strokes: 25.0%",
    ]
    wide = distribution_chart("Points", "points", Bins([0, 500, 1000], has_tail=False), {"train": [0.9, 0.1]}).bars
    assert [bar.title for bar in wide] == ["train, 1 to 500 points: 90.0%", "train, 501 to 1,000 points: 10.0%"]


def test_the_tail_stands_apart_and_is_labelled():
    chart = distribution_chart("Points", "points", Bins([0, 5, 10], has_tail=True), _SHARES)
    _, second, tail = chart.bars
    assert tail.x - (second.x + second.width) > second.width / 3
    assert chart.x_ticks[-1].label == "11+"


def test_no_label_runs_into_that_of_the_tail():
    ticks = distribution_chart(
        "P", "points", Bins(list(range(0, 101, 4)), has_tail=True), {"train": [0.04] * 26}
    ).x_ticks
    assert [tick.label for tick in ticks] == ["20", "40", "60", "80", "101+"]


def test_everything_stays_inside():
    chart = distribution_chart("P", "points", Bins([0, 5, 10], has_tail=True), {"train": [0, 0, 1], "test": [1, 0, 0]})
    for bar in chart.bars:
        assert 0 <= bar.x < bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= bar.y + bar.height <= HEIGHT

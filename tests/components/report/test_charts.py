"""The charts' geometry."""

import math

from hypothesis import given
from hypothesis import strategies as st

from components.report.axes import HEIGHT, WIDTH
from components.report.charts import histogram, line_chart


def test_line_chart_puts_the_first_epoch_left_and_the_best_value_on_top():
    chart = line_chart("Accuracy", [1, 2, 3], {"training": [0.0, 0.5, 1.0]}, best_epoch=2)
    (line,) = chart.lines
    assert [(marker.x, marker.y) for marker in line.markers] == [(46, 202), (217, 106), (388, 10)]
    assert line.markers[1].title == "training, epoch 2: 0.5000"
    assert [tick.label for tick in chart.y_ticks] == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    assert [tick.label for tick in chart.x_ticks] == ["1", "2", "3"]


def test_one_epoch_is_one_marker_in_the_middle():
    (line,) = line_chart("Loss", [1], {"training": [0.4]}, best_epoch=1).lines
    assert [marker.x for marker in line.markers] == [217]


def test_a_loss_that_overflowed_leaves_a_gap():
    chart = line_chart(
        "Loss", [1, 2, 3], {"training": [1.0, math.nan, math.inf], "validation": [math.nan] * 3}, best_epoch=1
    )
    assert [len(line.markers) for line in chart.lines] == [1, 0]


def test_histogram_has_the_notebooks_fifteen_bins():
    chart = histogram("Words", "images", [0, 1, 1, 15])
    assert [bar.title for bar in chart.bars] == ["0 to 1: 1", "1 to 2: 2", "14 to 15: 1"]
    assert [bar.height for bar in chart.bars] == [96, 192, 96]
    assert [tick.label for tick in chart.y_ticks] == ["0", "1", "2"]


@given(st.lists(st.integers(0, 200_000), min_size=1, max_size=345))
def test_bars_stay_inside_and_hold_every_word(counts):
    bars = histogram("Words", "images", counts).bars
    assert sum(int(bar.title.rsplit(": ", 1)[1]) for bar in bars) == len(counts)
    for bar in bars:
        assert bar.x >= 0 <= bar.y
        assert bar.x + bar.width <= WIDTH
        assert bar.y + bar.height <= HEIGHT

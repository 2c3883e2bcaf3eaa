"""Values to places, and round numbers beside an axis."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.report.axes import horizontal_axis, round_ticks, vertical_axis


def test_axes_fill_the_chart_between_the_labels():
    assert [horizontal_axis([0, 10])(value) for value in (0, 5, 10)] == [46, 217, 388]
    assert [vertical_axis([0, 10])(value) for value in (0, 5, 10)] == [202, 106, 10]


def test_a_single_value_stands_in_the_middle():
    assert horizontal_axis([7, 7])(7) == 217


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 1], [0, 0.2, 0.4, 0.6, 0.8, 1]),
        ([0.93, 0.97], [0.93, 0.94, 0.95, 0.96, 0.97]),
        ([1, 12], [0, 5, 10, 15]),
        ([7], [6, 8]),
        ([0], [0]),
        ([-0.3, 0.2], [-0.3, -0.2, -0.1, 0, 0.1, 0.2]),
    ],
)
def test_round_ticks(values, ticks):
    assert round_ticks(values) == pytest.approx(ticks)


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=1, max_size=9))
def test_ticks_enclose_the_values_and_are_few(values):
    ticks = round_ticks(values)
    slack = 1e-6 * max(1.0, *map(abs, values))
    assert ticks[0] - slack <= min(values) <= max(values) <= ticks[-1] + slack
    assert 1 <= len(ticks) <= 8

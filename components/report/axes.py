"""Axes: values to places in an SVG of 400 x 240, and the round numbers beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 400, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 10, 38
_MOST_TICKS = 6


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place along it, and what stands there."""

    position: float
    label: str


class Axis:
    """Maps values of `[low, high]` onto `[start, end]` of the SVG."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        """Makes the axis from the smallest of `values` to the largest."""
        self._low, self._high = min(values), max(values)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        """Returns the place of a value, in units of the SVG."""
        if self._low == self._high:
            return (self._start + self._end) / 2
        share = (value - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)


def horizontal_axis(values: Sequence[float]) -> Axis:
    """Returns the axis along the lower edge of the chart."""
    return Axis(values, _LEFT, WIDTH - _RIGHT)


def vertical_axis(values: Sequence[float]) -> Axis:
    """Returns the axis along the left edge of the chart, the smallest value below."""
    return Axis(values, HEIGHT - _BOTTOM, _TOP)


def round_ticks(values: Sequence[float]) -> list[float]:
    """Returns at most about six round numbers (1, 2 or 5 times a power of ten apart) that enclose `values`."""
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    rough = spread / (_MOST_TICKS - 1)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]

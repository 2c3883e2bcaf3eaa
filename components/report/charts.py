"""The geometry of the page's charts, in the units of an SVG of 400 x 240; the template draws it, CSS colours it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

WIDTH, HEIGHT = 400, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 10, 38
_BINS = 15
_MOST_TICKS = 6


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: its place along it, and what stands there."""

    position: float
    label: str


@dataclass(frozen=True)
class Marker:
    """One measured value; `title` is what a reader sees who points at it."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Line:
    """One curve."""

    name: str
    markers: Sequence[Marker]


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Chart:
    """Axes with curves or bars in them."""

    title: str
    x_label: str
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()


class _Axis:
    """Maps values of `[low, high]` onto `[start, end]` of the SVG."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = min(values), max(values)
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        if self._low == self._high:
            return (self._start + self._end) / 2
        share = (value - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)


def line_chart(title: str, epochs: Sequence[int], curves: Mapping[str, Sequence[float]]) -> Chart:
    """Draws one value an epoch for each curve.

    Args:
        title: the chart's title.
        epochs: the numbers of the epochs.
        curves: name -> as many values; one that is not finite (a loss that overflowed) is left out of its curve.
    """
    points = {
        name: [(epoch, value) for epoch, value in zip(epochs, values, strict=True) if math.isfinite(value)]
        for name, values in curves.items()
    }
    ticks = round_ticks([value for curve in points.values() for _, value in curve] or [0.0, 1.0])
    horizontal, vertical = _horizontal(epochs or [0]), _vertical(ticks)
    lines = [
        Line(name, [Marker(horizontal(x), vertical(y), f"{name}, epoch {x}: {y:.4f}") for x, y in curve])
        for name, curve in points.items()
    ]
    whole_epochs = [tick for tick in round_ticks(epochs or [0]) if tick in set(epochs)]
    return Chart(
        title=title,
        x_label="epoch",
        x_ticks=[Tick(horizontal(tick), f"{tick:g}") for tick in whole_epochs],
        y_ticks=[Tick(vertical(tick), f"{tick:g}") for tick in ticks],
        lines=lines,
    )


def histogram(title: str, x_label: str, counts: Sequence[int]) -> Chart:
    """Counts the counts in 15 bins of equal width, as the notebook does.

    Args:
        title: the chart's title.
        x_label: what is counted in each of `counts`.
        counts: at least one.
    """
    heights, edges = np.histogram(counts, bins=_BINS)
    y_ticks = [tick for tick in round_ticks([0, int(heights.max())]) if tick == int(tick)]
    horizontal, vertical = _horizontal(edges.tolist()), _vertical([*y_ticks, int(heights.max())])
    floor = vertical(0)
    bars = [
        Bar(
            x=horizontal(left),
            y=vertical(height),
            width=round(horizontal(right) - horizontal(left), 1),
            height=round(floor - vertical(height), 1),
            title=f"{left:,.0f} to {right:,.0f}: {height}",
        )
        for height, left, right in zip(heights.tolist(), edges[:-1], edges[1:], strict=True)
        if height
    ]
    x_ticks = [tick for tick in round_ticks(edges.tolist()) if edges[0] <= tick <= edges[-1]]
    return Chart(
        title=title,
        x_label=x_label,
        x_ticks=[Tick(horizontal(tick), f"{tick:,g}") for tick in x_ticks],
        y_ticks=[Tick(vertical(tick), f"{tick:,g}") for tick in y_ticks],
        bars=bars,
    )


def round_ticks(values: Sequence[float]) -> list[float]:
    """Returns at most about six round numbers (1, 2 or 5 times a power of ten apart) that enclose `values`."""
    low, high = min(values), max(values)
    spread = (high - low) or abs(high) or 1.0
    rough = spread / (_MOST_TICKS - 1)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [float(f"{number * step:.12g}") for number in range(first, last + 1)]


def _horizontal(values: Sequence[float]) -> _Axis:
    return _Axis(values, _LEFT, WIDTH - _RIGHT)


def _vertical(values: Sequence[float]) -> _Axis:
    return _Axis(values, HEIGHT - _BOTTOM, _TOP)

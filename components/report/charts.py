"""The geometry of the page's charts, in the units of the SVG; the template draws it, CSS colours it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from components.report.axes import Axis, Tick, horizontal_axis, round_ticks, vertical_axis
from components.report.bins import Bins

_BINS = 15
# Two labels on the horizontal axis need so much room, in units of the SVG.
_LABEL_ROOM = 36


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
    """Axes with curves, bars or both in them; `bars_name` says what the bars are where lines stand beside them."""

    title: str
    x_label: str
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    bars_name: str = ""


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
    horizontal, vertical = horizontal_axis(epochs or [0]), vertical_axis(ticks)
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
    horizontal, vertical = horizontal_axis(edges.tolist()), vertical_axis([*y_ticks, int(heights.max())])
    bars = [
        _bar(horizontal, vertical, (left, right), height, f"{left:,.0f} to {right:,.0f}: {height}")
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


def distribution_chart(title: str, unit: str, bins: Bins, shares: Mapping[str, Sequence[float]]) -> Chart:
    """Draws the first distribution as bars and the others as lines over them, so that a difference is seen.

    Args:
        title: the chart's title.
        unit: what is counted, in the plural.
        bins: the bins of all distributions.
        shares: name -> the share of each bin, the tail's last; at least one.
    """
    places, labels = _places(bins), _labels(bins, unit)
    y_ticks = round_ticks([0, *(100 * share for values in shares.values() for share in values)])
    horizontal = horizontal_axis([edge for place in places for edge in place])
    vertical = vertical_axis(y_ticks)

    def title_of(name: str, position: int) -> str:
        return f"{name}, {labels[position]}: {shares[name][position]:.1%}"

    first, *others = shares
    return Chart(
        title=title,
        x_label=unit,
        x_ticks=_bin_ticks(bins, places, horizontal),
        y_ticks=[Tick(vertical(tick), f"{tick:g}%") for tick in y_ticks],
        bars=[
            _bar(horizontal, vertical, place, 100 * share, title_of(first, position))
            for position, (place, share) in enumerate(zip(places, shares[first], strict=True))
        ],
        bars_name=first,
        lines=[
            Line(
                name,
                [
                    Marker(horizontal(sum(place) / 2), vertical(100 * share), title_of(name, position))
                    for position, (place, share) in enumerate(zip(places, shares[name], strict=True))
                ],
            )
            for name in others
        ],
    )


def _places(bins: Bins) -> list[tuple[float, float]]:
    """Returns where each bar begins and ends; a number n lies in the middle of n - 0.5 to n + 0.5."""
    places = [(low + 0.5, high + 0.5) for low, high in pairwise(bins.edges)]
    if bins.has_tail:
        step = bins.edges[1] - bins.edges[0]
        start = bins.edges[-1] + 0.5 + step / 2
        places.append((start, start + step))
    return places


def _labels(bins: Bins, unit: str) -> list[str]:
    labels = [
        f"{high:,} {unit}" if high == low + 1 else f"{low + 1:,} to {high:,} {unit}"
        for low, high in pairwise(bins.edges)
    ]
    return [*labels, f"more than {bins.edges[-1]:,} {unit}"] if bins.has_tail else labels


def _bin_ticks(bins: Bins, places: Sequence[tuple[float, float]], horizontal: Axis) -> list[Tick]:
    numbers = [tick for tick in round_ticks(bins.edges) if 0 < tick <= bins.edges[-1] and tick == int(tick)]
    ticks = [Tick(horizontal(number), f"{number:,g}") for number in numbers]
    if not bins.has_tail:
        return ticks
    tail = Tick(horizontal(sum(places[-1]) / 2), f"{bins.edges[-1] + 1:,}+")
    return [*(tick for tick in ticks if tail.position - tick.position >= _LABEL_ROOM), tail]


def _bar(horizontal: Axis, vertical: Axis, place: tuple[float, float], height: float, title: str) -> Bar:
    left, top = horizontal(place[0]), vertical(height)
    return Bar(
        x=left,
        y=top,
        width=round(horizontal(place[1]) - left, 1),
        height=round(vertical(0) - top, 1),
        title=title,
    )

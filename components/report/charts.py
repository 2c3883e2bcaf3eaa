"""The geometry of the page's charts, in the units of the SVG; the template draws it, CSS colours it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from components.report.axes import Axis, Tick, horizontal_axis, round_ticks, vertical_axis

_BINS = 15


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
class Dot:
    """One dot of a scatter plot.

    Attributes:
        x: Its place.
        y: Its place.
        radius: Its radius.
        title: What a reader sees who points at it.
        stem: Height at which a line down or up from it ends; None without a line.
        mistake: Number of the drawing that goes with it, see `components.report.mistakes`; None without.
    """

    x: float
    y: float
    radius: float
    title: str
    stem: float | None = None
    mistake: int | None = None


@dataclass(frozen=True)
class Chart:
    """Axes with curves, bars, dots or several of them.

    Attributes:
        title: What it shows.
        x_label: What lies along the lower edge.
        x_ticks: Marks there.
        y_ticks: Marks along the left edge.
        lines: The curves.
        bars: The bars.
        bars_name: What the bars are where lines stand beside them.
        dots: The dots.
        guide: Both ends, x and y, of a line to compare with; None without.
    """

    title: str
    x_label: str
    x_ticks: Sequence[Tick]
    y_ticks: Sequence[Tick]
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    bars_name: str = ""
    dots: Sequence[Dot] = ()
    guide: tuple[float, float, float, float] | None = None


def line_chart(title: str, epochs: Sequence[int], curves: Mapping[str, Sequence[float]], best_epoch: int) -> Chart:
    """Draws one value an epoch for each curve, and a line at the best epoch.

    Args:
        title: the chart's title.
        epochs: the numbers of the epochs.
        curves: name -> as many values; one that is not finite (a loss that overflowed) is left out of its curve.
        best_epoch: one of `epochs`.
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
        guide=(horizontal(best_epoch), vertical(ticks[0]), horizontal(best_epoch), vertical(ticks[-1])),
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
        bar(horizontal, vertical, (left, right), height, f"{left:,.0f} to {right:,.0f}: {height}")
        for height, left, right in zip(heights.tolist(), edges[:-1], edges[1:], strict=True)
        if height
    ]
    x_ticks = [tick for tick in round_ticks(edges.tolist()) if edges[0] <= tick <= edges[-1] and tick == int(tick)]
    return Chart(
        title=title,
        x_label=x_label,
        x_ticks=[Tick(horizontal(tick), f"{tick:,g}") for tick in x_ticks],
        y_ticks=[Tick(vertical(tick), f"{tick:,g}") for tick in y_ticks],
        bars=bars,
    )


def bar(horizontal: Axis, vertical: Axis, place: tuple[float, float], height: float, title: str) -> Bar:
    """Returns the bar that stands on zero between two values of the horizontal axis, as high as `height`."""
    left, top = horizontal(place[0]), vertical(height)
    return Bar(
        x=left,
        y=top,
        width=round(horizontal(place[1]) - left, 1),
        height=round(vertical(0) - top, 1),
        title=title,
    )

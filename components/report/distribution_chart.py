"""The geometry of several distributions over the same bins."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from components.report.axes import Axis, Tick, horizontal_axis, round_ticks, vertical_axis
from components.report.bins import Bins
from components.report.charts import Chart, Line, Marker, bar

# Two labels on the horizontal axis need so much room, in units of the SVG.
_LABEL_ROOM = 36


def distribution_chart(title: str, unit: str, bins: Bins, shares: Mapping[str, Sequence[float]]) -> Chart:
    """Draws the first distribution as bars and the others as lines over them, so that a difference is seen.

    Args:
        title: the chart's title.
        unit: what is counted, in the plural.
        bins: the bins of all distributions.
        shares: name -> the share of each bin, the tail's last; at least one.
    """
    places = _places(bins)
    horizontal = horizontal_axis([edge for place in places for edge in place])
    y_ticks = round_ticks([0, *(100 * share for values in shares.values() for share in values)])
    vertical = vertical_axis(y_ticks)
    labels = _labels(bins, unit)

    def titled(name: str) -> list[tuple[tuple[float, float], float, str]]:
        rows = zip(places, labels, shares[name], strict=True)
        return [(place, 100 * share, f"{name}, {label}: {share:.1%}") for place, label, share in rows]

    first, *others = shares
    return Chart(
        title=title,
        x_label=unit,
        x_ticks=_bin_ticks(bins, places, horizontal),
        y_ticks=[Tick(vertical(tick), f"{tick:g}%") for tick in y_ticks],
        bars=[bar(horizontal, vertical, *row) for row in titled(first)],
        bars_name=first,
        lines=[
            Line(name, [Marker(horizontal(sum(place) / 2), vertical(y), text) for place, y, text in titled(name)])
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

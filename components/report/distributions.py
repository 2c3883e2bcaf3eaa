"""How many strokes and points the drawings have, and whether the splits agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from components.report.bins import bin_shares, long_tail_bins
from components.report.charts import Chart
from components.report.distribution_chart import distribution_chart
from components.report.feature_statistics import NumberStatistics, SplitStatistics

_FEATURES = ("strokes", "points")
_NEARLY_ALL = 0.95


@dataclass(frozen=True)
class Distribution:
    """One feature.

    Attributes:
        name: The feature's.
        chart: Every split's histogram; None where StatisticsGen made none.
        sentence: The first split's median, about its 95th percentile, and the largest of all splits.
        splits: The numbers, by split.
    """

    name: str
    chart: Chart | None
    sentence: str
    splits: Mapping[str, NumberStatistics]


def distributions(statistics: Mapping[str, SplitStatistics]) -> list[Distribution]:
    """Lays out strokes and points; a feature that StatisticsGen did not count is left out.

    Args:
        statistics: the splits, the one to draw as bars first.
    """
    found = []
    for name in _FEATURES:
        splits = {split: s.numbers[name] for split, s in statistics.items() if name in s.numbers}
        if splits:
            found.append(Distribution(name, _chart(name, splits), _sentence(name, splits), splits))
    return found


def _chart(name: str, splits: Mapping[str, NumberStatistics]) -> Chart | None:
    drawn = {split: numbers.at_most for split, numbers in splits.items() if numbers.at_most}
    if not drawn:
        return None
    bins = long_tail_bins(next(iter(drawn.values())), max(at_most[-1][0] for at_most in drawn.values()))
    shares = {split: bin_shares(at_most, bins) for split, at_most in drawn.items()}
    return distribution_chart(f"Drawings by number of {name}", name, bins, shares)


def _sentence(name: str, splits: Mapping[str, NumberStatistics]) -> str:
    split, numbers = next(iter(splits.items()))
    parts = [f"half of the {split} drawings have at most {numbers.median:,g} {name}"]
    parts += _nearly_all(numbers.at_most)
    largest = max(other.maximum for other in splits.values())
    return f"{', '.join(parts)}; the largest drawing of all has {largest:,g}."


def _nearly_all(at_most: Sequence[tuple[float, float]]) -> list[str]:
    """Takes the known value next to the 95th percentile and says its own share, which is exact."""
    shares = [(value, count / at_most[-1][1]) for value, count in at_most[1:-1]]
    if not shares:
        return []
    value, share = min(shares, key=lambda known: abs(known[1] - _NEARLY_ALL))
    return [f"{share:.0%} at most {value:,g}"]

"""Counters and histograms with labels, and how Prometheus reads them.

Written out here because the names are TensorFlow Serving's own: prometheus-client appends `_total` to every counter, so
a dashboard made for `:tensorflow:serving:request_count` would find nothing.
"""

import bisect
import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass

# A client chooses the model names it asks for, and each becomes a label; without a limit it could fill the memory.
_MOST_SERIES = 1000
OTHER = "_other"


class _Labels:
    """The label names of a metric, and one key for each combination of values."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._seen: set[tuple[str, ...]] = set()

    def key(self, values: tuple[str, ...]) -> tuple[str, ...]:
        """Returns the values, with the first one replaced when there are too many combinations already."""
        if values in self._seen:
            return values
        if len(self._seen) >= _MOST_SERIES:
            return (OTHER, *values[1:])
        self._seen.add(values)
        return values

    def text(self, key: tuple[str, ...]) -> str:
        """Returns `a="x",b="y"`."""
        return ",".join(f'{name}="{_escaped(value)}"' for name, value in zip(self._names, key, strict=True))


class Counter:
    """A number that only grows, for each combination of label values; may be used from any thread.

    Attributes:
        name: As Prometheus reads it.
    """

    def __init__(self, name: str, labels: Sequence[str]) -> None:
        self.name = name
        self._labels = _Labels(labels)
        self._values: dict[tuple[str, ...], int] = {}
        self._lock = threading.Lock()

    def add(self, amount: int, *values: str) -> None:
        """Adds to the number of these label values."""
        with self._lock:
            key = self._labels.key(values)
            self._values[key] = self._values.get(key, 0) + amount

    def lines(self) -> list[str]:
        """Returns the metric in Prometheus's text format."""
        with self._lock:
            values = dict(self._values)
        samples = [f"{self.name}{{{self._labels.text(key)}}} {value}" for key, value in values.items()]
        return [f"# TYPE {self.name} counter", *samples]


@dataclass
class _Series:
    counts: list[int]
    total: float = 0.0


class Histogram:
    """How many observations lie at or below each bound, for each combination of label values; from any thread.

    Attributes:
        name: As Prometheus reads it.
    """

    def __init__(self, name: str, labels: Sequence[str], bounds: Sequence[float]) -> None:
        self.name = name
        self._labels = _Labels(labels)
        self._bounds = tuple(bounds)
        self._series: dict[tuple[str, ...], _Series] = {}
        self._lock = threading.Lock()

    def observe(self, value: float, *values: str) -> None:
        """Adds one observation to these label values."""
        bucket = bisect.bisect_left(self._bounds, value)
        with self._lock:
            series = self._series.get(values) or self._begin(values)
            series.counts[bucket] += 1
            series.total += value

    def lines(self) -> list[str]:
        """Returns the metric in Prometheus's text format: cumulative buckets, sum and count."""
        with self._lock:
            copies = [(key, [*series.counts], series.total) for key, series in self._series.items()]
        lines = [f"# TYPE {self.name} histogram"]
        for key, counts, total in copies:
            labels = self._labels.text(key)
            bounds = [*(f"{bound:g}" for bound in self._bounds), "+Inf"]
            before = f"{labels}," if labels else ""
            lines += [
                f'{self.name}_bucket{{{before}le="{bound}"}} {count}'
                for bound, count in zip(bounds, itertools.accumulate(counts), strict=True)
            ]
            lines += [f"{self.name}_sum{{{labels}}} {total!r}", f"{self.name}_count{{{labels}}} {sum(counts)}"]
        return lines

    def _begin(self, values: tuple[str, ...]) -> _Series:
        return self._series.setdefault(self._labels.key(values), _Series([0] * (len(self._bounds) + 1)))


def exponential_bounds(first: float, growth: float, number: int) -> list[float]:
    """Returns `first * growth**k` for k below `number`, as TensorFlow's `Buckets::Exponential`."""
    return [first * growth**power for power in range(number)]


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")

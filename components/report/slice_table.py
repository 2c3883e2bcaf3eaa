"""The metrics of parts of the test split: by country, by strokes, by points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.evaluator.slices import COUNTRY, POINTS, STROKES, range_names

_TITLES = {COUNTRY: "country", STROKES: "strokes", POINTS: "points"}


@dataclass(frozen=True)
class SliceRow:
    """One part: how many drawings, and `value`, `low` and `high` of each metric."""

    name: str
    examples: int
    metrics: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True)
class SliceTable:
    """The parts by one feature.

    Attributes:
        title: What the parts are made by.
        rows: Numbers ascending; countries with the most drawings first.
    """

    title: str
    rows: Sequence[SliceRow]


def slice_tables(slices: Iterable[Mapping[str, Any]]) -> list[SliceTable]:
    """Lays the slices out; a feature without any is left out.

    Args:
        slices: of `components.evaluator.evaluation`.
    """
    parts = list(slices)
    tables = []
    for feature, title in _TITLES.items():
        rows = [SliceRow(p["value"], p["examples"], p["metrics"]) for p in parts if p["feature"] == feature]
        if rows:
            tables.append(SliceTable(title, _ordered(feature, rows)))
    return tables


def _ordered(feature: str, rows: Iterable[SliceRow]) -> list[SliceRow]:
    if feature == COUNTRY:
        return sorted(rows, key=lambda row: (-row.examples, row.name))
    ranges = range_names(feature)
    return sorted(rows, key=lambda row: ranges.index(row.name))

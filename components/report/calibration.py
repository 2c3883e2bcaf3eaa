"""Whether the model is right as often as it says: the reliability diagram and a sentence.

Source: Guo et al. 2017, "On Calibration of Modern Neural Networks".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from components.report.axes import Tick, horizontal_axis, vertical_axis
from components.report.charts import Chart, Dot

_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_LARGEST, _SMALLEST = 11.0, 2.5
_NEGLIGIBLE = 0.01


@dataclass(frozen=True)
class Calibration:
    """The diagram, and what it says."""

    chart: Chart
    sentence: str


def calibration(bins: Iterable[Mapping[str, Any]]) -> Calibration:
    """Draws each bin of confidence as a dot at its confidence and accuracy, whose area is its share of the drawings.

    Args:
        bins: of `components.evaluator.evaluation`; at least one with drawings.
    """
    filled = [part for part in bins if part["examples"]]
    total = sum(part["examples"] for part in filled)
    horizontal, vertical = horizontal_axis(_TICKS), vertical_axis(_TICKS)
    dots = [
        Dot(
            x=horizontal(part["confidence"]),
            y=vertical(part["accuracy"]),
            radius=round(max(_LARGEST * (part["examples"] / total) ** 0.5, _SMALLEST), 1),
            title=f"{part['examples']:,} drawings answered with {part['from']:.0%} to {part['to']:.0%}: "
            f"{part['confidence']:.1%} sure, {part['accuracy']:.1%} right",
            stem=vertical(part["confidence"]),
        )
        for part in filled
    ]
    chart = Chart(
        title="Share of right answers by confidence",
        x_label="confidence",
        x_ticks=[Tick(horizontal(tick), f"{tick:.0%}") for tick in _TICKS],
        y_ticks=[Tick(vertical(tick), f"{tick:.0%}") for tick in _TICKS],
        dots=dots,
        guide=(horizontal(0), vertical(0), horizontal(1), vertical(1)),
    )
    return Calibration(chart, _sentence(filled, total))


def _sentence(bins: Sequence[Mapping[str, Any]], total: int) -> str:
    sure = sum(part["examples"] * part["confidence"] for part in bins) / total
    right = sum(part["examples"] * part["accuracy"] for part in bins) / total
    how = f"{'more' if right > sure else 'less'} often right than"
    if abs(right - sure) < _NEGLIGIBLE:
        how = "as often right as"
    return f"on average the model is {sure:.1%} sure of its answer, and {right:.1%} are right: it is {how} it says."

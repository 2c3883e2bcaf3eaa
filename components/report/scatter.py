"""Recall against precision, one dot a word: who is overlooked, and who is answered too often."""

from collections.abc import Iterable

from components.report.axes import Tick, horizontal_axis, round_ticks, vertical_axis
from components.report.charts import Chart, Dot
from components.report.word_scores import WordScore

_RADIUS = 4.5


def recall_against_precision(scores: Iterable[WordScore]) -> Chart:
    """Draws the words that have both; each shows the drawing of its commonest wrong answer.

    Args:
        scores: of `components.report.word_scores`.
    """
    known = [(score, score.recall, score.precision) for score in scores]
    both = [(score, recall, precision) for score, recall, precision in known if None not in (recall, precision)]
    # At least a tenth of the axis, so that words that are all but perfect are not blown apart.
    x_ticks = round_ticks([0.9, 1.0, *(recall for _, recall, _ in both if recall is not None)])
    y_ticks = round_ticks([0.9, 1.0, *(precision for _, _, precision in both if precision is not None)])
    horizontal, vertical = horizontal_axis(x_ticks), vertical_axis(y_ticks)
    return Chart(
        title="Precision of each word by its recall",
        x_label="recall",
        x_ticks=[Tick(horizontal(tick), f"{tick:.0%}") for tick in x_ticks],
        y_ticks=[Tick(vertical(tick), f"{tick:.0%}") for tick in y_ticks],
        dots=[
            Dot(
                x=horizontal(recall),
                y=vertical(precision),
                radius=_RADIUS,
                title=f"{score.word}: recall {recall:.1%}, precision {precision:.1%}",
                mistake=score.taken_for[0].mistake if score.taken_for else None,
            )
            for score, recall, precision in both
            if recall is not None and precision is not None
        ],
    )

"""The reliability diagram."""

import pytest

from components.report.calibration import calibration
from tests.components.report.evaluations import EVALUATION


def _bins(confidence, accuracy):
    return [{"from": 0.8, "to": 1.0, "examples": 10, "confidence": confidence, "accuracy": accuracy}]


def test_a_dot_for_each_bin_with_drawings_the_larger_the_more():
    chart = calibration(EVALUATION["calibration"]).chart
    assert [dot.title for dot in chart.dots] == [
        "234 drawings answered with 50% to 75%: 70.0% sure, 60.0% right",
        "1,000 drawings answered with 75% to 100%: 90.0% sure, 88.0% right",
    ]
    # 11 times the root of 234/1234 and of 1000/1234.
    assert [dot.radius for dot in chart.dots] == [4.8, 9.9]


def test_a_stem_leads_to_the_diagonal():
    chart = calibration(_bins(0.9, 0.5)).chart
    x1, y1, x2, y2 = chart.guide
    (dot,) = chart.dots
    assert (dot.x - x1) / (x2 - x1) == pytest.approx(0.9, abs=0.001)
    assert (dot.y - y1) / (y2 - y1) == pytest.approx(0.5, abs=0.001)
    assert (dot.stem - y1) / (y2 - y1) == pytest.approx(0.9, abs=0.001)


@pytest.mark.parametrize(
    ("confidence", "accuracy", "sentence"),
    [
        (0.9, 0.5, "90.0% sure of its answer, and 50.0% are right: it is less often right than it says."),
        (0.5, 0.9, "50.0% sure of its answer, and 90.0% are right: it is more often right than it says."),
        (0.9, 0.905, "90.0% sure of its answer, and 90.5% are right: it is as often right as it says."),
    ],
)
def test_says_which_way_it_errs(confidence, accuracy, sentence):
    assert calibration(_bins(confidence, accuracy)).sentence == f"on average the model is {sentence}"

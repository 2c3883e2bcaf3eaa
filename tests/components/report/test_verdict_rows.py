"""The verdict's rows."""

from components.report.verdict_rows import MetricRow, floor_checks, metric_rows
from tests.components.report.evaluations import VERDICT, check


def test_a_metric_has_all_of_its_thresholds():
    rows = {row.name: row for row in metric_rows(VERDICT)}
    assert list(rows) == ["accuracy", "top-3 accuracy", "MAP@3", "loss", "calibration error"]
    assert rows["accuracy"] == MetricRow(
        name="accuracy",
        value=0.9125,
        interval=[0.895, 0.9275],
        thresholds=["≥ 0.6000", "drop ≤ 0.0100"],
        baseline=0.9,
        difference=0.0125,
        difference_interval=(-0.0025, 0.0275),
        passed=True,
        sentences=["accuracy 0.9125 is at least 0.6000.", "accuracy changed."],
    )


def test_a_metric_without_threshold_is_not_judged():
    (row,) = (row for row in metric_rows(VERDICT) if row.name == "MAP@3")
    assert (row.thresholds, row.passed, row.difference) == ([], None, 0.0175)


def test_one_failed_check_fails_the_metric():
    checks = [check("loss", "value", 0.25, 0.2, passed=False), check("loss", "value", 0.25, 0.3)]
    (row,) = (row for row in metric_rows({**VERDICT, "checks": checks}) if row.name == "loss")
    assert (row.thresholds, row.passed) == (["≤ 0.2000", "≤ 0.3000"], False)


def test_without_a_baseline_there_is_no_difference():
    row = metric_rows({**VERDICT, "differences": None})[0]
    assert (row.baseline, row.difference, row.difference_interval) == (None, None, (None, None))


def test_floors_are_failed_first_then_lowest_first():
    checks = [
        check("recall", "floor", 0.9, 0.5, word="ant"),
        check("recall", "floor", 0.4, 0.5, word="bee"),
        check("recall", "floor", 0.2, 0.5, word="cat", passed=False),
        check("accuracy", "value", 0.9, 0.5),
    ]
    assert [floor["word"] for floor in floor_checks({**VERDICT, "checks": checks})] == ["cat", "bee", "ant"]

"""The refusal's advice fits what was found."""

from components.data_gate.refusal import refusal
from components.data_gate.verdict import Finding


def test_a_broken_schema_points_to_the_schema() -> None:
    assert refusal([Finding("schema", "split eval, feature points: 0")]) == (
        "the data gate refused the data, nothing was trained: split eval, feature points: 0. Correct or remove these "
        "rows; if the data is right, look at `quickdraw schema diff` and take it over with `quickdraw schema accept`"
    )


def test_the_other_kinds_can_be_loosened_together() -> None:
    text = refusal([Finding("skew", "a"), Finding("skew", "b"), Finding("drift", "c")])
    assert ": a. b. c. Correct or remove these rows; " in text
    assert text.endswith("run with `--gate skew=warn,drift=warn`")


def test_an_empty_split_cannot_be_loosened() -> None:
    text = refusal([Finding("empty", "split test has no example")])
    assert text.endswith("Correct or remove these rows; give every split more drawings")

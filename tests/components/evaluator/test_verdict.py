"""What the verdict says in each case is seen on real evaluations in test_executor.py; here its single sentences."""

import pytest

from components.evaluator.verdict import ComparedBaseline

LABELS = ("ant", "bee")


@pytest.mark.parametrize(
    ("baseline", "sentence"),
    [
        (
            ComparedBaseline(0),
            "no model was serving, so there was nothing to compare with: a first model is judged by values only.",
        ),
        (
            ComparedBaseline(7, trouble="it does not load (no variables)"),
            "version 7 was serving, but it does not load (no variables); so it was not compared.",
        ),
        (ComparedBaseline(7, ("bee", "ant"), LABELS), "compared with version 7 on the same 1,200 drawings."),
        (
            ComparedBaseline(7, ("ant", "bee", "cat"), LABELS),
            "compared with version 7 on the 1,200 drawings of the 2 words that both know, out of 2 now and 3 then.",
        ),
    ],
    ids=["first", "broken", "same words", "more words"],
)
def test_the_baseline_is_told_in_a_sentence(baseline: ComparedBaseline, sentence: str) -> None:
    assert baseline.sentence(LABELS, 1200) == sentence

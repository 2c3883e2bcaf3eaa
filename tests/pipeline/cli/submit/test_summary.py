import dataclasses
import pathlib

from components.submission.frequent_words import FrequentWords
from components.submission.join import Joined
from components.submission.score import Interval, Score
from pipeline.cli.submit.summary import summary
from pipeline.submission import SubmissionResult

RESULT = SubmissionResult(7, FrequentWords(("bee", "ant"), True), Joined(24559, 0, "a98ac378"), 12000, 2.5, None)


def lines(result: SubmissionResult) -> list[str]:
    return summary(result, pathlib.Path("submission.csv"), "workspace/models/quickdraw").splitlines()


def test_a_line_a_fact() -> None:
    assert lines(RESULT) == [
        "  submission  submission.csv, 24,559 rows",
        "  sha256      a98ac378",
        "  model       version 7 of workspace/models/quickdraw",
        "  answered    12,000 drawings in 2.5 s, 4,800 a second",
        "  malformed   none",
    ]


def test_nothing_was_left_to_answer() -> None:
    assert not any("answered" in line for line in lines(dataclasses.replace(RESULT, answered=0)))


def test_malformed_drawings_are_counted_and_their_answer_told() -> None:
    some = dataclasses.replace(RESULT, joined=Joined(24559, 1234, "a98ac378"))
    assert lines(some)[4] == (
        "  malformed   1,234, answered with bee ant, the most frequent words of the model's training data"
    )
    older = dataclasses.replace(some, frequent=FrequentWords(("ant", "bee"), False))
    assert lines(older)[4] == (
        "  malformed   1,234, answered with ant bee, the model's first words: this version was pushed before models "
        "knew how frequent their words are"
    )


def test_a_score() -> None:
    scored = dataclasses.replace(RESULT, score=Score(Interval(0.5, 0.4, 0.6), Interval(0.25, 0.2, 0.3)))
    assert lines(scored)[5:] == [
        "  MAP@3       0.5000 (0.4000 to 0.6000)",
        "  top-1       0.2500 (0.2000 to 0.3000); in brackets what 95 % of resampled drawings give",
    ]

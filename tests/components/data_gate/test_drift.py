"""Runs with other words, and runs with the same."""

from components.data_gate.drift import find_drift
from tests.components.data_gate.made_statistics import gate_schema, statistics_of


def rows(points: int = 5, **words: int) -> list[dict]:
    return [{"word": word, "strokes": 2, "points": points} for word, count in words.items() for _ in range(count)]


def kinds_of(now: list[dict], before: list[dict]) -> list[str]:
    return [finding.kind for finding in find_drift(statistics_of(now), statistics_of(before), gate_schema(), "before")]


def test_same_words_same_shares() -> None:
    assert kinds_of(rows(ant=90, bee=90), rows(ant=900, bee=900)) == []


def test_same_words_other_shares() -> None:
    assert kinds_of(rows(ant=900, bee=100), rows(ant=500, bee=500)) == ["drift"]


def test_more_words_in_the_old_proportions_are_no_drift() -> None:
    now, before = rows(points=50, ant=400, bee=400, cat=900), rows(ant=400, bee=400)
    (finding,) = find_drift(statistics_of(now), statistics_of(before), gate_schema(), "the data of before")
    assert finding == (
        "vocabulary",
        "the words are not those of the data of before: added cat; only the shares of the words in common are compared",
    )


def test_words_in_common_may_have_drifted() -> None:
    assert kinds_of(rows(ant=900, bee=100, cat=5), rows(ant=500, bee=500, dog=5)) == ["vocabulary", "drift"]


def test_nothing_in_common() -> None:
    assert kinds_of(rows(ant=900, bee=100), rows(cat=500, dog=500)) == ["vocabulary"]

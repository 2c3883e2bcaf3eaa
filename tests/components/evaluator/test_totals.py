import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from components.evaluator.scores import Scores, score
from components.evaluator.totals import PairedScores, Totals, total_by_slice

PROBABILITIES = np.array([[0.9, 0.1], [0.6, 0.4], [0.3, 0.7], [0.5, 0.5]])
TRUTH = np.array([0, 1, 1, 0])
WORDS = np.array(["ant", "bee", "bee", "ant"])


def totals_of(rows: slice, paired: bool = False) -> dict[tuple[tuple[str, str], ...], Totals]:
    scores = score(TRUTH[rows], PROBABILITIES[rows])
    swapped = score(TRUTH[rows], PROBABILITIES[rows, ::-1])
    both = PairedScores(np.ones(len(TRUTH[rows]), bool), scores, swapped) if paired else None
    return total_by_slice({"word": WORDS[rows]}, scores, both)


def test_the_whole_and_each_slice_are_counted() -> None:
    totals = totals_of(slice(None))
    assert {key: (int(value.moments.count), int(value.moments.sums[0])) for key, value in totals.items()} == {
        (): (4, 3),
        (("word", "ant"),): (2, 2),
        (("word", "bee"),): (2, 1),
    }


def test_a_baseline_is_compared_on_the_shared_drawings_only() -> None:
    scores = score(TRUTH, PROBABILITIES)
    shared = np.array([True, False, True, False])
    paired = PairedScores(shared, scored([1.0, 0.0]), scored([0.0, 1.0]))
    comparison = total_by_slice({"word": WORDS}, scores, paired)[(("word", "bee"),)].comparison
    assert comparison is not None
    assert (comparison.baseline.sums[0], comparison.difference.sums[0]) == (1, -1)
    assert comparison.difference.squares[0] == 1


@given(st.integers(0, 4), st.booleans())
def test_parts_add_up_to_the_whole(cut: int, paired: bool) -> None:
    whole = totals_of(slice(None), paired)
    first, second = totals_of(slice(cut), paired), totals_of(slice(cut, None), paired)
    for key, expected in whole.items():
        parts = [totals[key] for totals in (first, second) if key in totals]
        added = parts[0] if len(parts) == 1 else parts[0] + parts[1]
        assert_same(dataclasses.asdict(added), dataclasses.asdict(expected))


def scored(measures: list[float]) -> Scores:
    """Answers of which every measure is the same, each given with certainty."""
    count = len(measures)
    columns = np.repeat(np.array(measures)[:, np.newaxis], 4, axis=1)
    return Scores(columns, np.zeros(count, np.int64), np.ones(count), np.ones(count))


def assert_same(left: object, right: object) -> None:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in left:
            assert_same(left[name], right[name])
    elif left is not None:
        np.testing.assert_allclose(left, right, atol=1e-12)

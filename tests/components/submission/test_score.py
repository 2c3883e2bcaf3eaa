import pathlib

import numpy as np
import pytest

from components.evaluator.mean_average_precision import average_precision
from components.submission.labels import Labels, read_labels
from components.submission.score import count_ranks, score
from tests.components.submission.drawing_rows import write_labels


def scored(folder: pathlib.Path, rows: list[tuple[str, str, str]]) -> tuple[pathlib.Path, Labels]:
    """A submission and labels of (key, answer, truth), the labels in another order."""
    submission = write_labels(folder / "submission.csv", [(key, answer) for key, answer, _ in rows])
    labels = write_labels(folder / "labels.csv", [(key, truth) for key, _, truth in reversed(rows)])
    return submission, read_labels(str(labels))


def test_ranks_are_those_of_the_true_word(tmp_path: pathlib.Path) -> None:
    rows = [
        ("1", "ant bee cat", "ant"),
        ("2", "ant bee cat", "ant"),
        ("3", "bee alarm_clock cat", "alarm clock"),
        ("4", "ant bee cat", "cat"),
        ("5", "ant bee cat", "dog"),
        ("6", "ant bee", "cat"),
    ]
    submission, labels = scored(tmp_path, rows)
    assert count_ranks(submission, labels).tolist() == [2, 1, 1, 2]
    result = score(submission, labels)
    assert result.accuracy.mean == pytest.approx(2 / 6)
    assert result.map_at_3.mean == pytest.approx((1 + 1 + 1 / 2 + 1 / 3) / 6)


def test_an_answer_is_worth_what_the_evaluator_says(tmp_path: pathlib.Path) -> None:
    probabilities = np.array([0.1, 0.5, 0.3, 0.06, 0.04])
    words = np.array(["ant", "bee", "cat", "dog", "eye"])
    answer = " ".join(words[np.argsort(-probabilities)][:3])
    for truth, word in enumerate(words):
        submission, labels = scored(tmp_path, [("1", answer, word)])
        assert score(submission, labels).map_at_3.mean == average_precision(truth, probabilities)


def test_the_interval_is_that_of_resampled_drawings(tmp_path: pathlib.Path) -> None:
    answers = ["ant bee cat"] * 100 + ["bee ant cat"] * 60 + ["bee cat ant"] * 40 + ["bee cat dog"] * 200
    submission, labels = scored(tmp_path, [(str(i), answer, "ant") for i, answer in enumerate(answers)])
    worth = np.repeat([1, 1 / 2, 1 / 3, 0], [100, 60, 40, 200])
    random = np.random.default_rng(5)
    means = [random.choice(worth, len(worth)).mean() for _ in range(4_000)]
    result = score(submission, labels).map_at_3
    assert [result.low, result.high] == pytest.approx(np.quantile(means, [0.025, 0.975]), abs=0.004)
    assert result.low < result.mean < result.high
    assert score(submission, labels).map_at_3 == result


def test_sure_is_sure(tmp_path: pathlib.Path) -> None:
    result = score(*scored(tmp_path, [("1", "ant bee cat", "ant"), ("2", "bee ant cat", "bee")]))
    assert result == ((1, 1, 1), (1, 1, 1))
    assert str(result.accuracy) == "1.0000 (1.0000 to 1.0000)"

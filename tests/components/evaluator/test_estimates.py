import numpy as np
import pytest
from scipy import stats

from components.evaluator.estimates import METRICS, compare, estimate
from components.evaluator.scores import MEASURES, Scores, score
from components.evaluator.totals import PairedScores, total_by_slice


def pairs(candidate: list[float], baseline: list[float]) -> PairedScores:
    return PairedScores(np.ones(len(candidate), bool), scored(candidate), scored(baseline))


def scored(measures: list[float]) -> Scores:
    """Answers of which every measure is the same, each given with certainty."""
    count = len(measures)
    columns = np.repeat(np.array(measures)[:, np.newaxis], 4, axis=1)
    return Scores(columns, np.zeros(count, np.int64), np.ones(count), np.ones(count))


def difference(candidate: list[float], baseline: list[float], name: str):
    scores = score(np.zeros(len(candidate), np.int64), np.ones((len(candidate), 1)))
    comparison = total_by_slice({}, scores, pairs(candidate, baseline))[()].comparison
    assert comparison is not None
    return compare(comparison)[name]


def test_an_accuracy_has_wilsons_interval() -> None:
    probabilities = np.array([[0.9, 0.1]] * 10)
    measured = estimate(total_by_slice({}, score(np.array([0] * 9 + [1]), probabilities), None)[()])["accuracy"]
    assert measured.value == 0.9
    # By hand, z = 1.96: (0.9 + z^2/20 +- z sqrt(0.09/10 + z^2/400)) / (1 + z^2/10).
    assert (measured.low, measured.high) == (pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4))


@pytest.mark.parametrize(("right", "count"), [(0, 1), (1, 1), (3, 7), (10, 10), (999, 1000)])
def test_wilsons_interval_is_scipys(right: int, count: int) -> None:
    scores = score(np.array([0] * right + [1] * (count - right)), np.array([[0.9, 0.1]] * count))
    measured = estimate(total_by_slice({}, scores, None)[()])["accuracy"]
    expected = stats.binomtest(right, count).proportion_ci(0.95, method="wilson")
    assert (measured.low, measured.high) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_no_interval_reaches_beyond_the_possible() -> None:
    probabilities = np.array([[0.9, 0.05, 0.05]] * 4)
    metrics = estimate(total_by_slice({}, score(np.array([0, 0, 0, 1]), probabilities), None)[()])
    for name in ("accuracy", "top_3_accuracy", "map_at_3", "ece"):
        assert 0.0 <= metrics[name].low <= metrics[name].value <= metrics[name].high <= 1.0, name


def test_one_drawing_leaves_a_mean_open() -> None:
    metrics = estimate(total_by_slice({}, score(np.array([1]), np.array([[0.25, 0.75]])), None)[()])
    assert (metrics["map_at_3"].value, metrics["map_at_3"].low, metrics["map_at_3"].high) == (1.0, None, None)


def test_the_calibration_error_is_the_weighted_gap() -> None:
    # Four answers of 0.9, half of them right: a gap of 0.4. One of 0.6, right: a gap of 0.4 too.
    probabilities = np.array([[0.9, 0.1]] * 4 + [[0.6, 0.4]])
    metrics = estimate(total_by_slice({}, score(np.array([0, 0, 1, 1, 0]), probabilities), None)[()])
    assert metrics["ece"].value == pytest.approx(0.4)


def test_intervals_are_those_of_the_bootstrap() -> None:
    random = np.random.default_rng(7)
    probabilities = random.dirichlet(np.ones(6), size=2_000)
    truth = np.where(random.random(2_000) < 0.6, probabilities.argmax(axis=1), random.integers(0, 6, 2_000))
    scores = score(truth, probabilities)
    metrics = estimate(total_by_slice({}, scores, None)[()])
    drawn = random.integers(0, 2_000, size=(2_000, 2_000))
    for column, name in enumerate(MEASURES):
        low, high = np.quantile(scores.measures[:, column][drawn].mean(axis=1), [0.025, 0.975])
        width = high - low
        assert metrics[name].low == pytest.approx(low, abs=0.1 * width), name
        assert metrics[name].high == pytest.approx(high, abs=0.1 * width), name


def test_the_interval_of_a_calibrated_models_error_reaches_near_zero() -> None:
    random = np.random.default_rng(3)
    confidence = random.uniform(0.5, 1.0, 5_000)
    probabilities = np.stack([confidence, 1 - confidence], axis=1)
    truth = (random.random(5_000) > confidence).astype(np.int64)
    ece = estimate(total_by_slice({}, score(truth, probabilities), None)[()])["ece"]
    assert ece.low < 0.005 < ece.value < ece.high < 0.03


def test_accuracies_are_compared_by_mcnemars_exact_test() -> None:
    # Eight drawings that one of the two got right, seven of them the baseline: (1 + 8) / 2^8 to be so bad by chance.
    measured = difference([1, 0, 0, 0, 0, 0, 0, 0, 1, 1], [0, 1, 1, 1, 1, 1, 1, 1, 1, 1], "accuracy")
    assert (measured.value, measured.baseline) == (pytest.approx(-0.6), 0.9)
    assert measured.p_worse == pytest.approx(9 / 256)


def test_equal_answers_are_no_difference() -> None:
    for name in METRICS:
        measured = difference([0, 1, 1], [0, 1, 1], name)
        assert (measured.value, measured.p_worse) == (0.0, 1.0), name


def test_a_loss_is_worse_when_it_is_higher() -> None:
    assert difference([2.0, 2.5, 3.0], [1.0, 1.5, 1.0], "loss").p_worse < 0.05
    assert difference([1.0, 1.5, 1.0], [2.0, 2.5, 3.0], "loss").p_worse > 0.95
    assert difference([1.0, 1.5, 1.0], [2.0, 2.5, 3.0], "map_at_3").p_worse < 0.05


def test_the_same_loss_on_each_drawing_is_certain() -> None:
    assert difference([2.0, 2.0], [1.0, 1.0], "loss").p_worse == 0.0


def test_a_pair_is_worth_more_than_two_numbers() -> None:
    # Each model alone is uncertain by a third; on every drawing that tells them apart the candidate loses.
    baseline = [1.0, 0.0] * 20
    candidate = [0.0, 0.0] * 6 + [1.0, 0.0] * 14
    measured = difference(candidate, baseline, "accuracy")
    assert measured.value == pytest.approx(-0.15)
    assert measured.p_worse == pytest.approx(1 / 2**6)

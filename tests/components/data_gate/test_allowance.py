"""What chance explains, against simulated samples of one distribution."""

import numpy as np
import pytest

from components.data_gate.allowance import infinity_norm_allowance, jensen_shannon_allowance

_TRIALS = 20_000
# (examples in one sample, in the other, shares): make demo, ten words, skewed shares, like splits.
_CASES = [
    (1_186, 157, [0.2] * 5),
    (3_026, 367, [0.1] * 10),
    (2_000, 250, [0.5, 0.3, 0.1, 0.05, 0.03, 0.02]),
    (400, 400, [0.25] * 4),
]


def draw(size: int, shares: list[float], seed: int) -> np.ndarray:
    """Empirical shares of `_TRIALS` samples, float64 [T, k]."""
    return np.random.default_rng(seed).multinomial(size, shares, _TRIALS) / size


def entropy_bits(shares: np.ndarray) -> np.ndarray:
    return -(shares * np.log2(np.where(shares > 0, shares, 1))).sum(axis=-1)


def counts(size: int, shares: list[float]) -> dict[str, float]:
    return {str(i): share * size for i, share in enumerate(shares)}


@pytest.mark.parametrize(("n", "m", "shares"), _CASES)
def test_chance_stays_within_the_infinity_norms_allowance(n: int, m: int, shares: list[float]) -> None:
    distances = np.abs(draw(n, shares, 1) - draw(m, shares, 2)).max(axis=1)
    allowance = infinity_norm_allowance(counts(n, shares), counts(m, shares))
    assert allowance == infinity_norm_allowance(counts(m, shares), counts(n, shares))
    assert distances.max() < allowance < 2.5 * np.quantile(distances, 0.999)


@pytest.mark.parametrize(("n", "m", "shares"), _CASES)
def test_chance_stays_within_the_jensen_shannon_allowance(n: int, m: int, shares: list[float]) -> None:
    p, q = draw(n, shares, 1), draw(m, shares, 2)
    divergences = entropy_bits((p + q) / 2) - (entropy_bits(p) + entropy_bits(q)) / 2
    allowance = jensen_shannon_allowance(n, m, len(shares))
    assert divergences.max() < allowance < 8 * np.quantile(divergences, 0.999)


def test_large_samples_need_no_allowance() -> None:
    shares = [1 / 345] * 345
    assert infinity_norm_allowance(counts(40_000_000, shares), counts(5_000_000, shares)) < 0.0002
    assert jensen_shannon_allowance(40_000_000, 5_000_000, 10) < 0.00001


def test_an_allowance_is_never_more_than_the_measure_can_be() -> None:
    assert infinity_norm_allowance({"ant": 1}, {"ant": 1}) == 1
    assert jensen_shannon_allowance(1, 1, 10) == 1


def test_one_bin_cannot_differ() -> None:
    assert jensen_shannon_allowance(5, 5, 1) == 0
